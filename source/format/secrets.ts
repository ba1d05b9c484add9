/** What stands for a hidden value, whatever its length. */
export const MASK = '******';

/** Anywhere in a name, e.g. `PGPASSWORD`, `github-token`. */
const SECRET_PART = /pass(?:word|wd|phrase|code)|secret|token|credential|private|bearer/;
/** At the end of a word of a name, e.g. `API_KEY`, `sshKey`, `HTTP_AUTH`. */
const SECRET_ENDING = /(?:keys?|auth)$/;
const SECRET_WORDS: ReadonlySet<string> = new Set(['pass', 'pwd', 'creds', 'authorization']);
const HARMLESS_WORDS: ReadonlySet<string> = new Set(['monkey', 'turkey', 'hotkey', 'hotkeys', 'donkey']);
/** It says where the secret lies, or is meant to be known. */
const HARMLESS_NAMES = /(?:_FILE|[._-]file|PUBLIC_?KEYS?|public[._-]?key)$/;
/** Fields of the engine itself. */
const ENGINE_NAMES: ReadonlySet<string> = new Set(['SandboxKey', 'AuthorizationPlugins']);

/** No other name needs a closer look: most have none of it. */
const SUSPICIOUS = /pass|pwd|secret|token|cred|private|key|auth|bearer/i;

/** Does the name promise a secret? Of environment variables, labels, flags, keys of an object. */
export const isSecretName = (name: string): boolean => {
	if (!SUSPICIOUS.test(name)) return false;
	if (ENGINE_NAMES.has(name) || HARMLESS_NAMES.test(name)) return false;
	if (SECRET_PART.test(name.toLowerCase())) return true;
	return name
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z\d]+/)
		.some(word => !HARMLESS_WORDS.has(word) && (SECRET_WORDS.has(word) || SECRET_ENDING.test(word)));
};

// Every expression begins where nothing that could belong to it stands before: linear in the length of the text.
const USER_AND_PASSWORD = /(?<=:\/\/)([^\s/:@"']*):([^\s/"']+)@/g;
const LONG_USER = /(?<=:\/\/)[^\s/:@"']{20,}@/g;
const SCHEME = /(?<![\w.-])(Bearer|Basic)(\s+)[\w.~+/=-]{6,}/gi;
const USER_FLAG = /(?<![\w.-])(-u|--user)([=\s]\s*["']?)([^\s:"']+):[^\s"']+/g;
const ASSIGNMENT =
	/(?<![\w.-])(-{0,2})([A-Za-z_][\w.-]*)(\\?["']?\s*=\s*|\\?["']\s*:\s*|:\s+|:(?=["']))(\\?"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"'&;,|)}\]]+)/g;
const FLAG = /(?<![\w.-])(--?)([A-Za-z][\w.-]*)(\s+)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"'-][^\s"']*)/g;

/** A text in which secrets may stand: URLs with a password, `--token=x`, `PASSWORD=x`, `Authorization: Bearer x`. */
export const maskText = (text: string): string => {
	if (!/[=:@-]|b(?:earer|asic)\s/i.test(text)) return text;
	return text
		.replace(USER_AND_PASSWORD, (_, user: string) => `${user}:${MASK}@`)
		.replace(LONG_USER, `${MASK}@`)
		.replace(SCHEME, (_, scheme: string, gap: string) => `${scheme}${gap}${MASK}`)
		.replace(USER_FLAG, (_, flag: string, gap: string, user: string) => `${flag}${gap}${user}:${MASK}`)
		.replace(ASSIGNMENT, (all: string, dashes: string, name: string, gap: string) =>
			isSecretName(name) ? `${dashes}${name}${gap}${MASK}` : all,
		)
		.replace(FLAG, (all: string, dashes: string, name: string, gap: string) =>
			isSecretName(name) ? `${dashes}${name}${gap}${MASK}` : all,
		);
};

/** A value by the name it has; an empty one hides nothing. */
export const maskNamed = (name: string, text: string): string =>
	text !== '' && isSecretName(name) ? MASK : maskText(text);

const ENTRY = /^(-{0,2})([A-Za-z_][\w.-]*)=([\s\S]*)$/;
const BARE_FLAG = /^--?([A-Za-z][\w.-]*)$/;

/** An entry of an environment or of a command line: `NAME=value`, `--name=value`, or any text. */
const maskEntry = (entry: string): string => {
	const [, dashes = '', name, value = ''] = ENTRY.exec(entry) ?? [];
	return name === undefined ? maskText(entry) : `${dashes}${name}=${maskNamed(name, value)}`;
};

/** The entries of an environment or of a command line, where `--password` also hides the word after it. */
export const maskEntries = (entries: readonly string[]): readonly string[] =>
	entries.map((entry, index) => {
		const flag = BARE_FLAG.exec(entries[index - 1] ?? '')?.[1];
		const isHidden = flag !== undefined && !entry.startsWith('-') && entry !== '' && isSecretName(flag);
		return isHidden ? MASK : maskEntry(entry);
	});
