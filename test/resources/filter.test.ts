import assert from 'node:assert/strict';
import {test} from 'node:test';
import {containers} from '../../source/resources/containers.ts';
import {parseFilter} from '../../source/resources/filter.ts';
import {randomTexts} from '../format/random-text.ts';
import {row} from './rows.ts';

const rows = [
	row({
		name: 'web',
		image: 'nginx:1.27',
		health: 'healthy',
		project: 'shop',
		labels: {'com.example.tier': 'Front', team: 'a'},
	}),
	row({name: 'db', image: 'postgres:17', state: 'exited', ports: [], labels: {team: 'b'}}),
	row({
		name: 'Web-Old',
		image: 'httpd',
		state: 'exited',
		ports: [{privatePort: 53, publicPort: 5353, protocol: 'udp'}],
	}),
];

const found = (text: string): readonly string[] =>
	rows
		.filter(parseFilter(text, containers.search))
		.map(each => (each.kind === 'container' ? each.container.name : ''));

const everything = ['web', 'db', 'Web-Old'];

const cases: readonly [string, readonly string[]][] = [
	['', everything],
	['   ', everything],
	['web', ['web', 'Web-Old']],
	['WEB', ['web', 'Web-Old']],
	['web exited', ['Web-Old']],
	['web !exited', ['web']],
	['!web', ['db']],
	['!', everything],
	['name:', everything],
	['!name:', everything],
	['name:web', ['web', 'Web-Old']],
	['state:exited', ['db', 'Web-Old']],
	['!state:exited', ['web']],
	['health:healthy', ['web']],
	['image:nginx:1.27', ['web']],
	['nginx:1.27', ['web']],
	['project:shop', ['web']],
	['port:8080', ['web']],
	['port:53/udp', ['Web-Old']],
	['id:c0ffee', everything],
	['c0ffee', []],
	['network:shop', everything],
	['label:team', ['web', 'db']],
	['label:team=b', ['db']],
	['label:com.example.tier=front', ['web']],
	['label:tier', ['web']],
	['!label:team', ['Web-Old']],
	['nokey:value', []],
	['constructor:x', []],
	['5432:', []],
	['漢', []],
];

for (const [text, names] of cases)
	test(`filter ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), names));

test('whatever is typed, at any moment, nothing throws', () => {
	for (const text of [...randomTexts(500, 9), 'label:a=b !x:y (*+?[', '__proto__:x', '\\'])
		for (let length = 0; length <= text.length; length++)
			assert.doesNotThrow(() => found(text.slice(0, length)));
});
