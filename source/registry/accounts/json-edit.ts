import {type Outline, type OutlineMember, outlineOf} from './json-outline.ts';

/** What is written: texts in objects. */
export type Written = string | {readonly [key: string]: Written};

/** How a text is laid out; what is added is laid out the same way. */
type Layout = {readonly newline: string; readonly unit: string; readonly isOneLine: boolean};

const lineIndent = /\n([ \t]*)$/;

const layoutOf = (text: string, root: Outline): Layout => {
	const first = root.members?.[0];
	const before = first === undefined ? '' : text.slice(root.from, first.keyFrom);
	return {
		newline: text.includes('\r\n') ? '\r\n' : '\n',
		// As docker itself writes the file.
		unit: lineIndent.exec(before)?.[1] || '\t',
		isOneLine: first !== undefined && !before.includes('\n'),
	};
};

const render = (value: Written, indent: string, layout: Layout): string => {
	if (typeof value === 'string') return JSON.stringify(value);
	const entries = Object.entries(value);
	if (entries.length === 0) return '{}';
	const {newline, unit, isOneLine} = layout;
	const inner = indent + unit;
	const members = entries.map(([key, entry]) => `${JSON.stringify(key)}: ${render(entry, inner, layout)}`);
	return isOneLine
		? `{${members.join(', ')}}`
		: `{${newline}${inner}${members.join(`,${newline}${inner}`)}${newline}${indent}}`;
};

const splice = (text: string, from: number, to: number, inserted: string): string =>
	text.slice(0, from) + inserted + text.slice(to);

/** The white space before the first sign of the line at a place; empty where it stands behind something. */
const indentAt = (text: string, at: number): string => lineIndent.exec(text.slice(0, at))?.[1] ?? '';

const lineStart = (text: string, at: number): string => {
	const start = text.lastIndexOf('\n', at - 1) + 1;
	return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? '';
};

const added = (text: string, object: Outline, key: string, value: Written, layout: Layout): string => {
	const last = object.members?.at(-1);
	const name = JSON.stringify(key);
	if (last === undefined) {
		const indent = lineStart(text, object.from);
		return splice(text, object.from, object.to, render({[key]: value}, indent, layout));
	}
	// The new member stands as the one before it does.
	const gap = /[ \t\r\n]*$/.exec(text.slice(0, last.keyFrom))?.[0] ?? '';
	const colon = text.slice(last.keyTo, last.value.from);
	const own = {...layout, isOneLine: layout.isOneLine || !gap.includes('\n')};
	const member = `${name}${colon}${render(value, indentAt(text, last.keyFrom), own)}`;
	return splice(text, last.value.to, last.value.to, `,${gap}${member}`);
};

/** Of a name that is there twice the last counts, as it does to whoever reads the file. */
const memberOf = (object: Outline, key: string): OutlineMember | undefined =>
	object.members?.findLast(member => member.key === key);

/**
 * A JSON text with another value at a path; what of the path is missing is made. Every other byte stays.
 * @throws JsonPlaceError for what is no JSON
 */
export const withValueAt = (text: string, path: readonly string[], value: Written): string => {
	const root = outlineOf(text);
	const layout = layoutOf(text, root);
	let place = root;
	for (const [index, key] of path.entries()) {
		const rest = path.slice(index + 1);
		const member = memberOf(place, key);
		if (member?.value.members === undefined || rest.length === 0) {
			const whole = rest.reduceRight<Written>((inner, name) => ({[name]: inner}), value);
			if (member === undefined) return added(text, place, key, whole, layout);
			const rendered = render(whole, lineStart(text, member.keyFrom), layout);
			return splice(text, member.value.from, member.value.to, rendered);
		}
		place = member.value;
	}
	return text;
};

const withoutMember = (text: string, {from, to, members = []}: Outline, index: number): string => {
	const [before, member, after] = [members[index - 1], members[index], members[index + 1]];
	if (member === undefined) return text;
	if (after !== undefined) return splice(text, member.keyFrom, after.keyFrom, '');
	return before === undefined
		? splice(text, from, to, '{}')
		: splice(text, before.value.to, member.value.to, '');
};

/**
 * A JSON text without what is at a path, however often it is there. Every other byte stays.
 * @throws JsonPlaceError for what is no JSON
 */
export const withoutValueAt = (text: string, path: readonly string[]): string => {
	const key = path.at(-1);
	let place: Outline | undefined = outlineOf(text);
	for (const name of path.slice(0, -1)) place = place && memberOf(place, name)?.value;
	const index = place?.members?.findIndex(member => member.key === key) ?? -1;
	return place === undefined || index === -1 ? text : withoutValueAt(withoutMember(text, place, index), path);
};
