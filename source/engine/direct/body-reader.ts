import type {BodyFraming} from './answer-head.ts';

export type BodyReader = {
	/** Tells the content that is in these bytes, as parts of them. @throws Error where the framing is broken */
	readonly write: (bytes: Buffer) => void;
	/** All of it was there. */
	readonly isOver: () => boolean;
	/** The connection has ended. @returns whether the body may end so */
	readonly mayEnd: () => boolean;
};

/** Takes the framing off a body that comes in pieces. */
export const createBodyReader = (framing: BodyFraming, onContent: (part: Buffer) => void): BodyReader => {
	switch (framing.kind) {
		case 'chunked':
			return chunkedBody(onContent);
		case 'length':
			return sizedBody(framing.bytes, onContent);
		case 'until-close':
			return {write: onContent, isOver: () => false, mayEnd: () => true};
	}
};

const sizedBody = (bytes: number, onContent: (part: Buffer) => void): BodyReader => {
	let left = bytes;
	return {
		write(piece) {
			const part = piece.subarray(0, left);
			left -= part.length;
			if (part.length > 0) onContent(part);
		},
		isOver: () => left === 0,
		mayEnd: () => left === 0,
	};
};

/** Of a line between chunks: sizes, extensions and trailers of an engine are far shorter. */
const mostLineBytes = 8 * 1024;
const lineFeed = 0x0a;

/** RFC 9112, section 7.1. Extensions and trailers are stepped over. */
const chunkedBody = (onContent: (part: Buffer) => void): BodyReader => {
	let state: 'size' | 'content' | 'content-end' | 'trailer' | 'over' = 'size';
	let left = 0;
	let line = '';

	const onLine = (text: string): void => {
		switch (state) {
			case 'size': {
				const [, digits] = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(text) ?? [];
				if (digits === undefined) throw new Error('a chunk of the answer has no size');
				left = Number.parseInt(digits, 16);
				state = left === 0 ? 'trailer' : 'content';
				return;
			}
			case 'content-end':
				if (text !== '') throw new Error('a chunk of the answer is longer than it says');
				state = 'size';
				return;
			case 'trailer':
				if (text === '') state = 'over';
				return;
			case 'content':
			case 'over':
				return;
			default:
				state satisfies never;
		}
	};
	/** @returns where the line ends */
	const takeLine = (bytes: Buffer, from: number): number => {
		const found = bytes.indexOf(lineFeed, from);
		const end = found === -1 ? bytes.length : found;
		if (line.length + end - from > mostLineBytes) throw new Error('a line between chunks is too long');
		line += bytes.toString('latin1', from, end);
		if (found === -1) return end;
		if (!line.endsWith('\r')) throw new Error('a line between chunks does not end as it must');
		const whole = line.slice(0, -1);
		line = '';
		onLine(whole);
		return found + 1;
	};

	return {
		write(bytes) {
			let at = 0;
			while (at < bytes.length && state !== 'over') {
				if (state !== 'content') {
					at = takeLine(bytes, at);
					continue;
				}
				const part = bytes.subarray(at, at + left);
				at += part.length;
				left -= part.length;
				if (left === 0) state = 'content-end';
				onContent(part);
			}
		},
		isOver: () => state === 'over',
		mayEnd: () => state === 'over',
	};
};
