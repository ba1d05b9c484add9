import type {IncomingHttpHeaders} from 'node:http';
import type {RateLimit} from '../types.ts';

const quantity = (header: string | readonly string[] | undefined) => {
	const [, amount, seconds] = /^\s*(\d{1,9})\s*;\s*w=(\d{1,9})\s*$/.exec(String(header)) ?? [];
	return amount === undefined ? undefined : {amount: Number(amount), seconds: Number(seconds)};
};

/** `ratelimit-limit: 100;w=21600` and `ratelimit-remaining`; `undefined` where there is no limit. */
export const rateLimitOf = (headers: IncomingHttpHeaders): RateLimit | undefined => {
	const limit = quantity(headers['ratelimit-limit']);
	const remaining = quantity(headers['ratelimit-remaining']);
	return (
		limit && remaining && {limit: limit.amount, remaining: remaining.amount, windowSeconds: limit.seconds}
	);
};
