/** Where a JSON value stands in its text, in UTF-16 units; of an object, where its members do. */
export type Outline = {
	readonly from: number;
	readonly to: number;
	/** Absent of what is no object. */
	readonly members?: readonly OutlineMember[];
};

export type OutlineMember = {
	readonly key: string;
	/** Of the quote before the key. */
	readonly keyFrom: number;
	/** Behind the quote after the key. */
	readonly keyTo: number;
	readonly value: Outline;
};

/** A text is no JSON. Its message does not quote it: what is written there may be a secret. */
export class JsonPlaceError extends Error {
	override readonly name = 'JsonPlaceError';
}

const whitespace = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\u007F-\u009F])*"/uy;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

const mostDepth = 200;

const placeOf = (text: string, at: number): string => {
	const lines = text.slice(0, at).split('\n');
	return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
};

/** RFC 8259, without reading more than the shape. */
class Scanner {
	#at = 0;

	constructor(readonly text: string) {}

	document(): Outline {
		this.#skip(whitespace);
		const root = this.#value(0);
		this.#skip(whitespace);
		if (this.#at < this.text.length) this.#fail('nothing may follow');
		return root;
	}

	#fail(reason: string): never {
		const place = this.#at >= this.text.length ? 'at its end' : `at ${placeOf(this.text, this.#at)}`;
		throw new JsonPlaceError(`is not JSON ${place}: ${reason}`);
	}

	#skip(pattern: RegExp): boolean {
		pattern.lastIndex = this.#at;
		if (!pattern.test(this.text)) return false;
		this.#at = pattern.lastIndex;
		return true;
	}

	#takes(sign: string): boolean {
		if (this.text[this.#at] !== sign) return false;
		this.#at += 1;
		return true;
	}

	#value(depth: number): Outline {
		if (depth > mostDepth) this.#fail('it is nested too deep');
		const from = this.#at;
		if (this.#takes('{')) {
			const members = this.#listUntil('}', () => this.#member(depth));
			return {from, to: this.#at, members};
		}
		if (this.#takes('[')) this.#listUntil(']', () => this.#value(depth + 1));
		else if (!this.#skip(string) && !this.#skip(scalar)) this.#fail('a value is missing or broken');
		return {from, to: this.#at};
	}

	#member(depth: number): OutlineMember {
		const keyFrom = this.#at;
		if (!this.#skip(string)) this.#fail('a name in quotes is missing or broken');
		const keyTo = this.#at;
		const key: unknown = JSON.parse(this.text.slice(keyFrom, keyTo));
		this.#skip(whitespace);
		if (!this.#takes(':')) this.#fail('a colon is missing');
		this.#skip(whitespace);
		return {key: String(key), keyFrom, keyTo, value: this.#value(depth + 1)};
	}

	#listUntil<Item>(end: string, read: () => Item): readonly Item[] {
		const items: Item[] = [];
		this.#skip(whitespace);
		if (this.#takes(end)) return items;
		for (;;) {
			items.push(read());
			this.#skip(whitespace);
			if (this.#takes(end)) return items;
			if (!this.#takes(',')) this.#fail(`a comma or ${end} is missing`);
			this.#skip(whitespace);
		}
	}
}

/** @throws JsonPlaceError that says where the text is no JSON */
export const outlineOf = (text: string): Outline => new Scanner(text).document();
