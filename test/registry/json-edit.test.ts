import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {withoutValueAt, withValueAt} from '../../source/registry/accounts/json-edit.ts';

const entry = {auth: 'eDp5'};

describe('a value put into a JSON text', () => {
	test('in the layout that is there, and nothing else is touched', () => {
		const cases: readonly (readonly [string, string])[] = [
			['{}', '{\n\t"auths": {\n\t\t"new": {\n\t\t\t"auth": "eDp5"\n\t\t}\n\t}\n}'],
			['{ }\n', '{\n\t"auths": {\n\t\t"new": {\n\t\t\t"auth": "eDp5"\n\t\t}\n\t}\n}\n'],
			['{"auths":{}}', '{"auths":{"new": {"auth": "eDp5"}}}'],
			['{"auths":{"a":{"auth":"b"}}}', '{"auths":{"a":{"auth":"b"},"new":{"auth": "eDp5"}}}'],
			['{"n": 12345678901234567890}', '{"n": 12345678901234567890,"auths": {"new": {"auth": "eDp5"}}}'],
			[
				'{\n  "auths": {\n    "a": {}\n  },\n  "z": [1,  2]\n}\n',
				'{\n  "auths": {\n    "a": {},\n    "new": {\n      "auth": "eDp5"\n    }\n  },\n  "z": [1,  2]\n}\n',
			],
			[
				'{\r\n\t"x": "\\u0041\\/",\r\n\t"auths": {}\r\n}\r\n',
				'{\r\n\t"x": "\\u0041\\/",\r\n\t"auths": {\r\n\t\t"new": {\r\n\t\t\t"auth": "eDp5"\r\n\t\t}\r\n\t}\r\n}\r\n',
			],
			[
				'{\n\t"auths": {"a": {}},\n\t"z": 1e3\n}',
				'{\n\t"auths": {"a": {},"new": {"auth": "eDp5"}},\n\t"z": 1e3\n}',
			],
			['{"auths": null, "z": 1}', '{"auths": {"new": {"auth": "eDp5"}}, "z": 1}'],
			['{"auths": {"new": {"auth": "old", "e": 1}}}', '{"auths": {"new": {"auth": "eDp5"}}}'],
			['{"a": {"x": 1}, "auths": {"new": 7}}', '{"a": {"x": 1}, "auths": {"new": {"auth": "eDp5"}}}'],
		];
		for (const [before, after] of cases) assert.equal(withValueAt(before, ['auths', 'new'], entry), after);
	});

	test('a name with quotes and other signs is written and found again', () => {
		const key = 'a "b" \\ \u0007 世界';
		const text = withValueAt('{}', ['auths', key], entry);
		assert.deepEqual(JSON.parse(text), {auths: {[key]: entry}});
		assert.equal(withoutValueAt(text, ['auths', key]), '{\n\t"auths": {}\n}');
		// The same name, spelt otherwise.
		assert.equal(withoutValueAt('{"\\u0061": 1, "b": 2}', ['a']), '{"b": 2}');
	});

	test('what is added and taken away again leaves the text as it was', () => {
		const texts = [
			'{\n\t"auths": {\n\t\t"a": {\n\t\t\t"auth": "eDp5"\n\t\t}\n\t},\n\t"HttpHeaders": {"n": 1.0e+2}\n}\n',
			'{"credsStore":"x","auths":{"a":{}}}',
			'\t{ "auths" : { "a" : { } } , "z" : [ { } , "}" , "\\"," ] }\r\n',
		];
		for (const text of texts)
			assert.equal(withoutValueAt(withValueAt(text, ['auths', 'new'], entry), ['auths', 'new']), text);
	});
});

describe('a value taken out of a JSON text', () => {
	test('the first, one between, the last, the only one, all of that name', () => {
		const three = '{\n\t"a": 1,\n\t"b": {"c": [1]},\n\t"d": "}"\n}';
		assert.equal(withoutValueAt(three, ['a']), '{\n\t"b": {"c": [1]},\n\t"d": "}"\n}');
		assert.equal(withoutValueAt(three, ['b']), '{\n\t"a": 1,\n\t"d": "}"\n}');
		assert.equal(withoutValueAt(three, ['d']), '{\n\t"a": 1,\n\t"b": {"c": [1]}\n}');
		assert.equal(withoutValueAt(three, ['b', 'c']), '{\n\t"a": 1,\n\t"b": {},\n\t"d": "}"\n}');
		assert.equal(withoutValueAt('{"a": 1, "a": 2, "b": 3}', ['a']), '{"b": 3}');
		assert.equal(withoutValueAt(three, ['x']), three);
		assert.equal(withoutValueAt(three, ['a', 'x']), three);
	});
});
