import {record, texts} from '../../engine/decode/read.ts';
import {hubHost} from '../accounts-port.ts';
import type {Asking, Question} from '../asking.ts';
import {parseJson} from '../decode/json.ts';
import {nextPage} from '../decode/next-page.ts';
import type {WireAnswer} from '../http/transport.ts';
import {type Page, RegistryError} from '../types.ts';
import {repositoryPath} from './paths.ts';

/** Registries of their own accord give as many as they like: with 100 each, 10,000 names took 100 requests. */
const pageQuery = '?n=1000';
const mostBytes = 8 * 1024 * 1024;

const namesIn = (answer: WireAnswer, key: 'repositories' | 'tags', {label}: Question, host: string) => {
	const found = record(parseJson(answer.body))[key];
	// Go writes an empty list as null.
	if (found === null || Array.isArray(found)) return texts(found);
	throw new RegistryError('protocol', host, `${label}: what came is no list of ${key}`);
};

/** The page, and the same without a wish for its length where the registry takes none so large; their words differ. */
const askPage = async (
	asking: Asking,
	question: Question,
	query: string,
	signal: AbortSignal,
): Promise<WireAnswer> => {
	const answer = await asking.ask({...question, path: question.path + query}, signal);
	return query === pageQuery && answer.status === 400 ? asking.ask(question, signal) : answer;
};

const pageOf = (
	answer: WireAnswer,
	key: 'repositories' | 'tags',
	question: Question,
	query: string,
	host: string,
): Page<string> => {
	const items = namesIn(answer, key, question, host);
	const next = nextPage(answer.headers.link, query);
	return {items, ...(next === undefined ? {} : {next})};
};

export const listRepositories = async (
	asking: Asking,
	signal: AbortSignal,
	next: string | undefined,
): Promise<Page<string>> => {
	const {host} = asking;
	if (host === hubHost)
		throw new RegistryError('unsupported', host, 'Docker Hub has no list of all repositories', {
			hint: 'search it, or name a repository',
		});
	const question: Question = {
		method: 'GET',
		path: '/v2/_catalog',
		maxBytes: mostBytes,
		scope: 'registry:catalog:*',
		label: `${host}, list of repositories`,
		deniedHint: 'this account may not list all repositories: name one',
	};
	const query = next ?? pageQuery;
	const answer = await askPage(asking, question, query, signal);
	if (answer.status === 200) return pageOf(answer, 'repositories', question, query, host);
	const isMissing = answer.status === 404 || answer.status === 405;
	throw asking.refusal(
		answer,
		question,
		isMissing
			? {kind: 'unsupported', hint: 'this registry does not list its repositories: name one'}
			: undefined,
	);
};

export const listTags = async (
	asking: Asking,
	repository: string,
	signal: AbortSignal,
	next: string | undefined,
): Promise<Page<string>> => {
	const {host} = asking;
	const question: Question = {
		method: 'GET',
		path: `${repositoryPath(host, repository)}/tags/list`,
		maxBytes: mostBytes,
		scope: `repository:${repository}:pull`,
		label: `${host}/${repository}`,
	};
	const query = next ?? pageQuery;
	const answer = await askPage(asking, question, query, signal);
	if (answer.status === 200) return pageOf(answer, 'tags', question, query, host);
	throw asking.refusal(answer, question);
};
