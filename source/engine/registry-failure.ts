/**
 * Why an engine could not get at a registry, by what it says; engines give no codes.
 * - `rate-limited`: too many requests (429)
 * - `unavailable`: the registry answered 5xx
 * - `login`: it asks for an account, or for another one; not when what an account may store is used up
 * - `not-found`: no such repository or tag, or not for this platform
 * - `certificate`: its certificate is not trusted, or it speaks HTTP where HTTPS is expected
 * - `disk-full`: the engine has no room for the image
 * - `unreachable`: no connection, or it broke
 */
export type RegistryFailure =
	| 'rate-limited'
	| 'unavailable'
	| 'login'
	| 'not-found'
	| 'certificate'
	| 'disk-full'
	| 'unreachable';

/** The first that fits: what is said of one request may hold the words of another. */
const words: readonly (readonly [RegistryFailure, RegExp])[] = [
	['disk-full', /no space left on device|disk quota exceeded/i],
	['rate-limited', /toomanyrequests|too many requests|\b429\b.*(status|response)|status(?: code)?:? 429\b/i],
	['certificate', /x509:|certificate|gave HTTP response to HTTPS client|tls: /i],
	[
		'not-found',
		/manifest (?:unknown|for .* not found|.*: not found)|name unknown|no matching manifest|not found/i,
	],
	[
		'login',
		/no basic auth credentials|unauthorized|denied(?!.*(?:quota|limit))|authentication required|incorrect username or password|insufficient_scope/i,
	],
	[
		'unavailable',
		/status(?: code)?(?: from \S+ request to \S+| \S+)?: 5\d\d\b|HTTP (?:status |code )?5\d\d|50[0-4] (?:Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time-?out)/i,
	],
	[
		'unreachable',
		/connection refused|no such host|no route to host|network is unreachable|i\/o timeout|timeout exceeded|deadline exceeded|connection reset|handshake timeout|\bEOF\b|broken pipe|server misbehaving/i,
	],
];

/** By the engine's words; `undefined` for what tells of nothing of the kind. */
export const registryFailure = (message: string): RegistryFailure | undefined =>
	words.find(([, pattern]) => pattern.test(message))?.[0];
