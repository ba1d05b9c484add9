import {accept, type Parsed, refuse} from './parsed.ts';

/** What a commit can change of an image's configuration. Source: moby `builder/dockerfile`, validCommitCommands. */
const instructions = [
	'CMD',
	'ENTRYPOINT',
	'ENV',
	'EXPOSE',
	'HEALTHCHECK',
	'LABEL',
	'ONBUILD',
	'STOPSIGNAL',
	'USER',
	'VOLUME',
	'WORKDIR',
] as const;

/** Of a Dockerfile, but nothing that an image's configuration has: refused by name, not taken for part of a value. */
const others = ['ADD', 'ARG', 'COPY', 'FROM', 'MAINTAINER', 'RUN', 'SHELL'] as const;

const any = instructions.join('|');
/** A semicolon is between two instructions only before a word that is one: values may have some of their own. */
const separator = new RegExp(String.raw`\s*;\s*(?=(?:${any}|${others.join('|')})\s)`, 'i');
const whole = new RegExp(String.raw`^(?:${any})\s+\S`, 'i');

/** Dockerfile instructions with semicolons between them: `CMD ["nginx"]; ENV A=b`. None is fine. */
export const parseChanges = (text: string): Parsed<readonly string[]> => {
	const parts = text
		.trim()
		.split(separator)
		.map(part => part.replace(/\s*;$/, ''))
		.filter(part => part !== '');
	const wrong = parts.find(part => !whole.test(part));
	return wrong === undefined
		? accept(parts)
		: refuse(wrong, `a change begins with ${instructions.join(', ')}, and a value follows`);
};
