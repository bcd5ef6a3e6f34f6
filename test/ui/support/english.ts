/** Words that are the same in Japanese, and ids, which may look like words by chance and have digits right beside them. */
const SAME =
  /(?:vpc|subnet|eni|eipalloc|sg|igw|rtb|acl|ami|i)-(?:[0-9a-f]{17}|[0-9a-f]{8,}\b)|(?:\/[\w.-]+)+|ec2-multi-ip-\w+|EC2 Multi-IP|Elastic IP|AWS CLI|JSON|Markdown|ENI-\d+ for \w+|us-east-1|Enter|Escape|Amazon Linux|Debian|Ubuntu|npm run demo|VS Code|[\w-]+\.pub\b|ssh-ed25519/g;

/** What VS Code's own language pack leaves in English for screen readers. */
const NOT_OURS = /^(Progress|Welcome)$|\b(Actions for|Del)\b/gm;

/** Two words in a row, or one as a title has it. */
const ENGLISH = /\b[A-Za-z]{2,}(?:[ ’'-][A-Za-z]{2,})+|\b[A-Z][a-z]{2,}\b/g;

/** English that is left over in a text that is to be Japanese. */
export function leftOvers(text: string): readonly string[] {
  return text.replace(SAME, '').replace(NOT_OURS, '').match(ENGLISH) ?? [];
}
