import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfigFiles } from '../../../src/core/aws/configFiles.ts';
import { findConfigProblems } from '../../../src/core/aws/configProblems.ts';
import { configuredEndpoint } from '../../../src/core/aws/endpoints.ts';
import { awsFilePaths } from '../../../src/core/aws/filePaths.ts';
import { findProfileFault } from '../../../src/core/aws/profileFaults.ts';
import { listProfiles } from '../../../src/core/aws/profiles.ts';
import { sdkName } from '../../../src/core/aws/sdkName.ts';
import { isCoreError } from '../../../src/core/base/errors.ts';
import { emulatorPython } from '../../lab/emulator/virtualEnvironment.ts';

/** What the AWS CLI's own reader makes of the files, nested settings by their whole names. */
const READ = `
import json
from botocore.session import Session
def flat(settings):
    for key, value in settings.items():
        if isinstance(value, dict): yield from ((key + '.' + k, v) for k, v in value.items())
        else: yield key, value
profiles = Session().full_config.get('profiles', {})
print(json.dumps({name: dict(flat(settings)) for name, settings in profiles.items()}))
`;

const region = (name: string): string => `[${name}]\nregion = us-east-1\n`;

/** Texts that people have, or that an editor has made of them. */
const texts: Readonly<Record<string, string>> = {
  'odd spaces and quotes in headers': [
    'profile  x ',
    'profile\ttabbed',
    'profile "two words"',
    "profile 'one'",
  ]
    .map(region)
    .join(''),
  'names with signs in them': [
    'profile a#b',
    'profile a/b@c+d',
    'profile a%20b',
    'profile 東京',
    'profile [n',
  ]
    .map(region)
    .join(''),
  'names that every object has': ['profile constructor', 'profile toString'].map(region).join(''),
  'a comment behind a header, and a hash in a value': `[profile q] ; mine\nrole_arn = a#b\n${region('profile r')}`,
  'settings in capitals': '[profile caps]\nREGION = us-west-1\nAWS_ACCESS_KEY_ID=AKIA\n',
  'colons in the place of equals signs': '[profile colon]\nregion: us-east-1\noutput : json\n',
  'two equals signs': '[profile two]\nregion==us-east-1\nsso_start_url = https://x/?a=b\n',
  'nested settings':
    '[profile nested]\ns3 =\n  max_queue_size = 20\n  endpoint_url = http://127.0.0.1:9/\noutput = json\n',
  'the ends of lines of an old Mac':
    region('profile first').replaceAll('\n', '\r') + '[profile last]\rregion = x\r',
  'a command on several lines': '[profile long]\ncredential_process = a\n  --b=c\n\td\nregion = us-east-1\n',
  'the default profile': region('default'),
};

/** What the AWS CLI refuses as a whole. */
const refused: Readonly<Record<string, readonly [text: string | Buffer, names: readonly string[]]>> = {
  'a setting before any section': [`region = x\n${region('profile good')}`, ['good']],
  'a section that is there twice': [region('profile good') + region('profile good'), ['good']],
  'a setting that is there twice': [`${region('profile good')}region = eu-west-1\n`, ['good']],
  'a header without its end': [`[profile bad\n${region('profile good')}`, ['good']],
  'letters of another encoding': [
    Buffer.from(`[profile caf\xe9]\nregion = x\n${region('profile good')}`, 'latin1'),
    ['caf\ufffd', 'good'],
  ],
};

describe('the AWS configuration files', function () {
  this.timeout(120_000);
  let directory: string;
  let config: string;
  let python: string;
  const set = { ...process.env };

  before(async () => {
    python = await emulatorPython(() => undefined);
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-config-'));
    config = join(directory, 'config');
    process.env['AWS_CONFIG_FILE'] = config;
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(directory, 'none');
  });
  after(async () => {
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
      Reflect.deleteProperty(process.env, name);
      if (set[name] !== undefined) process.env[name] = set[name];
    }
    await rm(directory, { recursive: true });
  });

  const read = async () => {
    const { configFile } = await readConfigFiles();
    const names = (await listProfiles()).map(({ name }) => name);
    return Object.fromEntries(names.map((name) => [name, { ...configFile[sdkName(name)] }]));
  };
  const readByCli = async (): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(python, ['-c', READ]);
    return JSON.parse(stdout.replaceAll('\\n', ' '));
  };

  for (const [what, text] of Object.entries(texts)) {
    it(`say with ${what} what they say to the AWS CLI`, async () => {
      await writeFile(config, text);
      const own = await read();
      deepEqual(own, await readByCli());
      ok(Object.keys(own).length > 0);
      deepEqual(await findConfigProblems(), []);
    });
  }

  for (const [what, [text, names]] of Object.entries(refused)) {
    it(`go on with the rest beside ${what}, where the AWS CLI takes none of it`, async () => {
      await writeFile(config, text);
      await rejects(readByCli(), /ConfigParseError/);
      deepEqual(Object.keys(await read()), names);
    });
  }

  it('are read to their end where a line is longer than anybody would write one', async () => {
    const spaces = ' '.repeat(200_000);
    const long = [`[profile${spaces}x`, `[${spaces}]`, `region =${spaces}x`, `source_profile =${spaces}x y`];
    await writeFile(
      config,
      `[profile long]\n${long.join('\n')}\n# ${'x'.repeat(10_000_000)}\n${region('profile last')}`,
    );
    deepEqual(Object.keys(await read()), ['last']);
    deepEqual(
      (await findConfigProblems()).map(({ data }) => data),
      [{ path: config, line: 2, text: '[profile'.padEnd(60), others: 1 }],
    );
    equal(await findProfileFault('last'), undefined);
  });

  it('have sessions of SSO and services under any name', async () => {
    await writeFile(
      config,
      `[sso-session "東京 office"]\nsso_region = us-east-1\nsso_start_url = https://x.example\n` +
        `[services '大阪']\nec2 =\n  endpoint_url = http://127.0.0.1:9\n` +
        `[profile a]\nsso_session = 東京 office # ours\nsso_account_id = 1\nsso_role_name = x\nservices = 大阪\n`,
    );
    equal(await configuredEndpoint('ec2', 'a'), 'http://127.0.0.1:9');
    equal(await findProfileFault('a'), undefined);
    const { configFile } = await readConfigFiles();
    const session = configFile[`sso-session.${configFile['a']?.['sso_session'] ?? ''}`];
    equal(session?.['sso_start_url'], 'https://x.example');
  });

  it('say which of them leads to itself, and are where no variable says otherwise', async () => {
    await rm(config);
    await symlink(config, config);
    const [problem] = await findConfigProblems();
    ok(isCoreError(problem, 'aws.configUnreadable'));
    deepEqual(problem.data, { path: config, reason: 'ELOOP' });
    deepEqual(await listProfiles(), []);
    process.env['AWS_CONFIG_FILE'] = '';
    equal(awsFilePaths().config, join(homedir(), '.aws', 'config'));
    process.env['AWS_CONFIG_FILE'] = config;
  });
});
