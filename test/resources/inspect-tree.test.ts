import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	branchesAround,
	inspectMatches,
	inspectNodes,
	isBranch,
	nodeText,
	smallBranches,
} from '../../source/resources/inspect-tree.ts';

const document = {
	Id: 'abc',
	HostConfig: {PortBindings: {'80/tcp': [{HostPort: '8080'}]}, Empty: {}, None: null},
	Config: {
		Env: ['PLAIN=1', 'DB_PASSWORD=hunter2'],
		Labels: {'api.key': 'k1', __proto__x: 'y'},
		Cmd: ['a', '--token', 't'],
	},
	Count: 3,
	On: true,
	List: [],
};
const nodes = inspectNodes(document);
const at = (path: string) => {
	const node = nodes.find(each => each.path === path);
	assert.ok(node, path);
	return node;
};

test('one node for each key and element, with the path that jq takes', () => {
	assert.deepEqual(
		nodes.slice(0, 7).map(({path}) => path),
		[
			'.Id',
			'.HostConfig',
			'.HostConfig.PortBindings',
			'.HostConfig.PortBindings["80/tcp"]',
			'.HostConfig.PortBindings["80/tcp"][0]',
			'.HostConfig.PortBindings["80/tcp"][0].HostPort',
			'.HostConfig.Empty',
		],
	);
	assert.equal(new Set(nodes.map(({path}) => path)).size, nodes.length);
	assert.deepEqual(
		inspectNodes({'odd key': [1], é: 2}).map(({path}) => path),
		['.["odd key"]', '.["odd key"][0]', '.["é"]'],
	);
	assert.deepEqual(
		inspectNodes([[7]]).map(({path}) => path),
		['.[0]', '.[0][0]'],
	);
	assert.deepEqual(
		inspectNodes('text').map(({path}) => path),
		['.'],
	);
});

test('values on one line, branches as a summary', () => {
	const text = (path: string) => nodeText(at(path), false);
	assert.equal(text('.Id'), '"abc"');
	assert.equal(text('.Count'), '3');
	assert.equal(text('.On'), 'true');
	assert.equal(text('.HostConfig'), '{3}');
	assert.equal(text('.HostConfig.Empty'), '{}');
	assert.equal(text('.HostConfig.None'), 'null');
	assert.equal(text('.List'), '[]');
	assert.equal(text('.HostConfig.PortBindings["80/tcp"]'), '[1]');
	assert.equal(nodeText({...at('.Id'), value: 'a\u001b[2J\nb"'}, false), '"a\\u001b[2J\\nb\\""');
});

test('a branch knows where it ends, a node what is around it', () => {
	const index = nodes.indexOf(at('.HostConfig.PortBindings["80/tcp"][0].HostPort'));
	assert.deepEqual(
		branchesAround(nodes, index).map(({label}) => label),
		['HostConfig', 'PortBindings', '80/tcp', '0'],
	);
	assert.equal(nodes[at('.HostConfig').end]?.path, '.Config');
	assert.equal(isBranch(at('.HostConfig')), true);
	assert.equal(isBranch(at('.HostConfig.Empty')), false);
});

test('secrets are masked by the name of the key, of the entry, of the flag before', () => {
	const shown = (path: string) => [nodeText(at(path), false), nodeText(at(path), true)];
	assert.deepEqual(shown('.Config.Env[1]'), ['"DB_PASSWORD=******"', '"DB_PASSWORD=hunter2"']);
	assert.deepEqual(shown('.Config.Env[0]'), ['"PLAIN=1"', '"PLAIN=1"']);
	assert.deepEqual(shown('.Config.Labels["api.key"]'), ['"******"', '"k1"']);
	assert.deepEqual(shown('.Config.Cmd[2]'), ['"******"', '"t"']);
});

test('finds keys and values, with a capital letter exactly; never what is masked', () => {
	const found = (search: string, isRevealed = false) =>
		inspectMatches(nodes, search, isRevealed).map(index => nodes[index]?.path);
	assert.deepEqual(found('hostport'), ['.HostConfig.PortBindings["80/tcp"][0].HostPort']);
	assert.deepEqual(found('hostPort'), []);
	assert.deepEqual(found('8080'), ['.HostConfig.PortBindings["80/tcp"][0].HostPort']);
	assert.deepEqual(found('hunter'), []);
	assert.deepEqual(found('hunter', true), ['.Config.Env[1]']);
	assert.deepEqual(found('DB_P'), ['.Config.Env[1]']);
	assert.deepEqual(found(''), []);
});

test('small branches stand open at first, large ones do not', () => {
	const large = Object.fromEntries(Array.from({length: 13}, (_, index) => [`k${index}`, index]));
	const open = smallBranches(inspectNodes({small: {a: 1}, large, mixed: {large}}));
	assert.deepEqual([...open], ['.small']);
});

test('50,000 nodes are made and searched in the time of a few frames', () => {
	const many = Object.fromEntries(
		Array.from({length: 500}, (_, index) => [
			`branch${index}`,
			Array.from({length: 100}, (__, at) => `NAME_${at}=value ${at}`),
		]),
	);
	const begin = performance.now();
	const all = inspectNodes(many);
	assert.equal(all.length, 50_500);
	assert.equal(inspectMatches(all, 'value 99', false).length, 500);
	assert.ok(performance.now() - begin < 3000, `${performance.now() - begin} ms`);
});
