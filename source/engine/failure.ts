import {record, text} from './decode/read.ts';
import {EngineError, type EngineErrorKind} from './errors.ts';

/** What registries and the engine say when the credentials are wrong; the status is 500 or 404 as often as 401. */
const authTexts =
	/no basic auth credentials|unauthorized: |denied: requested access|(?:pull|push) access denied|authentication required|incorrect username or password|failed with status: 401|insufficient_scope|401 Unauthorized|failed to authorize/i;

const kindOfStatus = (status: number): EngineErrorKind => {
	switch (status) {
		case 400:
			return 'invalid';
		case 401:
		case 403:
			return 'auth';
		case 404:
			return 'not-found';
		case 409:
			return 'conflict';
		case 501:
			return 'unsupported';
		default:
			return 'api';
	}
};

/**
 * The error in an answer of 4xx or 5xx.
 * @param body the answer's text: `{"message": …}` from an engine, anything from a proxy before it
 */
export const errorOfAnswer = (status: number, body: string, operation: string): EngineError => {
	const message = messageIn(body) || `the engine answered HTTP ${status}`;
	const kind = authTexts.test(message) ? 'auth' : kindOfStatus(status);
	return new EngineError(kind, message, {status, operation});
};

/** The error that a progress stream carries after its status 200. */
export const errorOfText = (message: string, operation: string): EngineError =>
	new EngineError(authTexts.test(message) ? 'auth' : 'api', message, {operation});

const messageIn = (body: string): string => {
	const trimmed = body.trim();
	try {
		const root = record(JSON.parse(trimmed));
		// Podman puts the reason into `cause` when it has no message.
		return text(root.message) || text(root.cause);
	} catch {
		return trimmed.startsWith('<') ? '' : trimmed.slice(0, 500);
	}
};

const unreachableCodes: ReadonlySet<string> = new Set([
	'ENOENT',
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ETIMEDOUT',
	'EPIPE',
	'ENOTSOCK',
	'ENOTDIR',
	'EADDRNOTAVAIL',
	'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Any thrown value as an `EngineError`; one that is already stays as it is. */
export const toEngineError = (error: unknown, operation: string): EngineError => {
	if (error instanceof EngineError) return error;
	const cause = error instanceof Error ? error : new Error(String(error));
	const {code: rawCode, address} = record(error);
	const code = text(rawCode);
	const facts = {operation, cause};
	const said = wordsOf(cause);
	if (cause.name === 'AbortError' || code === 'ABORT_ERR')
		return new EngineError('aborted', 'given up', facts);
	if (code === 'EACCES' || code === 'EPERM') {
		return new EngineError('permission', permissionText(text(address) || said), facts);
	}
	if (unreachableCodes.has(code)) return new EngineError('unreachable', unreachableText(code, said), facts);
	// OpenSSL and certificate checks: the engine is there, but not the one that is trusted.
	if (/^ERR_(SSL|TLS)_|CERT|^EPROTO$|^UNABLE_TO_/.test(code)) {
		return new EngineError('unreachable', `TLS: ${said}`, facts);
	}
	return new EngineError('protocol', said, facts);
};

/** A host with several addresses fails with an empty message and one error for each. */
const wordsOf = (error: Error): string => {
	if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
	return error.errors.map(each => (each instanceof Error ? each.message : String(each))).join(', ');
};

const permissionText = (socket: string): string =>
	`no permission to open ${socket}: join the group that owns it (sudo usermod -aG docker "$USER", then log in ` +
	'again), run with sudo, or use a rootless engine';

const unreachableText = (code: string, said: string): string => {
	switch (code) {
		case 'ENOENT':
			return `no socket there (${said})`;
		case 'ECONNREFUSED':
			return `nothing answers there, is the engine running? (${said})`;
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ERR_STREAM_PREMATURE_CLOSE':
			return `the connection broke (${said})`;
		default:
			return said;
	}
};

export const isEngineErrorOf = (error: unknown, kind: EngineErrorKind): boolean =>
	error instanceof EngineError && error.kind === kind;
