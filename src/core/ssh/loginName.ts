/**
 * Who the first user of an image is, by words in its name; the first that matches counts.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/managing-users.html (default user names)
 */
const users: readonly (readonly [words: RegExp, user: string])[] = [
  [/bitnami/, 'bitnami'],
  // Fedora's CoreOS among them.
  [/flatcar|coreos/, 'core'],
  [/ubuntu/, 'ubuntu'],
  [/debian/, 'admin'],
  [/rocky/, 'rocky'],
  [/alma/, 'ec2-user'],
  [/centos[ _-]*(linux)?[ _-]*(7|6)/, 'centos'],
  [/centos/, 'ec2-user'],
  [/fedora/, 'fedora'],
  [/freebsd/, 'ec2-user'],
  [/\barch(linux)?\b/, 'arch'],
  [/kali/, 'kali'],
  [/al20\d\d|amzn|amazon[ _-]*linux|rhel|red[ _-]*hat|suse|sles|oracle/, 'ec2-user'],
];

/** The user that an image is to be logged in to as, where its name, description or platform tells. */
export function guessUser(image: {
  readonly name: string;
  readonly description: string;
  readonly platform: string;
}): string | undefined {
  // The name says it best: the description of a derived image may name several systems.
  for (const text of [image.name, image.description, image.platform]) {
    const found = users.find(([words]) => words.test(text.toLowerCase()));
    if (found !== undefined) return found[1];
  }
  return undefined;
}
