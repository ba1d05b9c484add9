import type {Clock} from '../clock.ts';
import {formatEta} from '../format/duration.ts';
import type {Authority} from './auth/authority.ts';
import {parseChallenges} from './auth/challenge.ts';
import {loginHint} from './auth/token.ts';
import {rateLimitOf} from './decode/rate-limit.ts';
import {refusalError, refusalOf} from './decode/refusal.ts';
import {retryAfter} from './decode/retry-after.ts';
import type {Transport, WireAnswer} from './http/transport.ts';
import {type RateLimit, RegistryError, type RegistryErrorKind, type RegistryHost} from './types.ts';

export type Question = {
	readonly method: 'GET' | 'HEAD' | 'DELETE';
	/** With its query. */
	readonly path: string;
	readonly accept?: string;
	readonly maxBytes: number;
	/** What a token must allow, e.g. `repository:team/web:pull`. */
	readonly scope?: string;
	/** For whoever reads of a failure: `host/repository:tag`. */
	readonly label: string;
	/** What can be done by an account that may not do this. */
	readonly deniedHint?: string;
};

/** Asks one registry, and logs in where it wants that. */
export type Asking = {
	readonly host: RegistryHost;
	/** Whatever the answer is; but a login that the registry asks for has been tried. */
	readonly ask: (question: Question, signal: AbortSignal) => Promise<WireAnswer>;
	/** What an answer that is not the wanted one means. */
	readonly refusal: (
		answer: WireAnswer,
		question: Question,
		meaning?: {readonly kind: RegistryErrorKind; readonly hint?: string},
	) => RegistryError;
	readonly rateLimit: () => RateLimit | undefined;
};

const challengeOf = ({headers}: WireAnswer): string | undefined => headers['www-authenticate'];

const lacksScope = (answer: WireAnswer): boolean =>
	parseChallenges(challengeOf(answer) ?? '').some(
		({parameters}) => parameters.get('error') === 'insufficient_scope',
	);

export const createAsking = (
	host: RegistryHost,
	transport: Transport,
	authority: Authority,
	clock: Clock,
): Asking => {
	let rateLimit: RateLimit | undefined;

	const send = async (question: Question, authorization: string | undefined, signal: AbortSignal) => {
		const {accept, method, path, maxBytes, label} = question;
		const headers = {...(accept && {accept}), ...(authorization && {authorization})};
		const answer = await transport.send({method, path, maxBytes, label, headers}, signal);
		rateLimit = rateLimitOf(answer.headers) ?? rateLimit;
		return answer;
	};

	/** Without an account a registry hides what is not public: it may be that, or that there is no such thing. */
	const unauthorised = (answer: WireAnswer, {label, deniedHint}: Question): RegistryError => {
		const credentials = authority.credentials();
		const isDenied = credentials !== undefined && lacksScope(answer);
		return refusalError(answer, {
			host,
			label,
			now: clock.now(),
			kind: isDenied ? 'denied' : 'unauthorised',
			hint: isDenied
				? (deniedHint ?? `the account at ${host} may not do that`)
				: loginHint(host, credentials),
		});
	};

	const laterHint = ({status, headers}: WireAnswer): {readonly hint?: string} => {
		const waitMs = retryAfter(headers['retry-after'], clock.now());
		const steps = [
			...(waitMs === undefined ? [] : [`again in ${formatEta(waitMs)}`]),
			...(status === 429 && authority.credentials() === undefined
				? [`who is logged in may ask for more: :login ${host}`]
				: []),
		];
		return steps.length === 0 ? {} : {hint: steps.join('; ')};
	};

	return {
		host,
		async ask(question, signal) {
			const authorization = await authority.headerFor(question.scope, signal);
			const answer = await send(question, authorization, signal);
			if (answer.status !== 401 || answer.isElsewhere) return answer;
			const renewed = await authority.renew(challengeOf(answer), question.scope, authorization, signal);
			const last = renewed === undefined ? answer : await send(question, renewed, signal);
			if (last.status === 401) authority.doubt();
			return last;
		},
		refusal(answer, question, meaning) {
			const {label, deniedHint} = question;
			const context = {host, label, now: clock.now()};
			if (answer.isElsewhere)
				return refusalError(answer, {
					...context,
					label: `${label}, from where ${host} sent us`,
					kind: 'unavailable',
				});
			if (answer.status < 400)
				return new RegistryError(
					'protocol',
					host,
					`${label}: ${refusalOf(answer).words} is no answer to that`,
					{
						status: answer.status,
					},
				);
			if (answer.status === 401) return unauthorised(answer, question);
			if (answer.status === 429 || answer.status === 503)
				return refusalError(answer, {...context, ...laterHint(answer)});
			const hint = answer.status === 403 && deniedHint !== undefined ? {hint: deniedHint} : {};
			return refusalError(answer, {...context, ...hint, ...meaning});
		},
		rateLimit: () => rateLimit,
	};
};
