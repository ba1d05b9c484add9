import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {PortMapping, RestartPolicy, VolumeMapping} from '../../source/engine/run-types.ts';
import {
	type ImageReference,
	normaliseReference,
	parseReference,
	shortenImage,
	shortId,
} from '../../source/format/image-name.ts';
import type {Parsed} from '../../source/format/parsed.ts';
import {type PortField, parsePort} from '../../source/format/port-field.ts';
import {
	parseContainerName,
	parseCpus,
	parseEnv,
	parseMemory,
	parseRestart,
	parseVolume,
	type RestartField,
	type VolumeField,
} from '../../source/format/run-fields.ts';

// What the forms give is what the engine takes.
const _port: PortMapping = {} as PortField;
const _volume: VolumeMapping = {} as VolumeField;
const _restart: RestartPolicy = {} as RestartField;
void [_port, _volume, _restart];

const accepts = <Value>(
	parse: (text: string) => Parsed<Value>,
	cases: readonly (readonly [string, Value])[],
): void => {
	for (const [text, value] of cases)
		test(`${parse.name} takes ${text}`, () => assert.deepEqual(parse(text), {ok: true, value}));
};

/** The reason is one line that holds the offending value and the words that are given here. */
const refuses = <Value>(
	parse: (text: string) => Parsed<Value>,
	cases: readonly (readonly [string, string, RegExp])[],
): void => {
	for (const [text, value, rule] of cases)
		test(`${parse.name} refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
			const parsed = parse(text);
			assert.ok(!parsed.ok);
			assert.match(parsed.reason, rule);
			assert.ok(parsed.reason.startsWith(`"${value}"`), parsed.reason);
			assert.doesNotMatch(parsed.reason, /[\n\x1b]/);
		});
};

const HEX = 'a'.repeat(64);
const reference = (value: ImageReference): ImageReference => value;

accepts(parseReference, [
	['nginx', reference({repository: 'nginx'})],
	[' nginx:1.27 ', reference({repository: 'nginx', tag: '1.27'})],
	['library/nginx', reference({repository: 'library/nginx'})],
	['localhost/x', reference({domain: 'localhost', repository: 'x'})],
	['127.0.0.1:5000/a/b:t', reference({domain: '127.0.0.1:5000', repository: 'a/b', tag: 't'})],
	['[::1]:5000/a', reference({domain: '[::1]:5000', repository: 'a'})],
	[
		`reg.example.com/a__b/c-d.e:v1@sha256:${HEX}`,
		reference({
			domain: 'reg.example.com',
			repository: 'a__b/c-d.e',
			tag: 'v1',
			digest: `sha256:${HEX}`,
		}),
	],
	[`nginx@sha256:${HEX}`, reference({repository: 'nginx', digest: `sha256:${HEX}`})],
]);

refuses(parseReference, [
	['', '', /needed/],
	['Nginx', 'Nginx', /lower case/],
	['reg.io/Foo/bar', 'Foo/bar', /lower case/],
	['a//b', 'a//b', /each part/],
	['a/-b', '-b', /each part/],
	['a..b', 'a..b', /each part/],
	['nginx:', 'nginx:', /the tag after the colon is missing/],
	['nginx:.x', '.x', /a tag is/],
	[`nginx:${'x'.repeat(129)}`, `${'x'.repeat(19)}…${'x'.repeat(20)}`, /128/],
	['nginx@sha256:abc', 'sha256:abc', /64 digits/],
	['nginx@abc', 'abc', /algorithm:hex/],
	[`${'a'.repeat(256)}`, `${'a'.repeat(19)}…${'a'.repeat(20)}`, /255/],
	[HEX, `${'a'.repeat(19)}…${'a'.repeat(20)}`, /bare image id/],
	['http://x/y', 'http:', /host:port/],
	['nginx latest', 'nginx latest', /each part/],
	['-\x1b[2mb', '-b', /each part/],
]);

accepts(normaliseReference, [
	['nginx', 'nginx:latest'],
	['nginx:1', 'nginx:1'],
	['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
	[`a@sha256:${HEX}`, `a@sha256:${HEX}`],
]);

test('shortId', () => {
	assert.equal(shortId(`sha256:${HEX}`), 'a'.repeat(12));
	assert.equal(shortId('abc'), 'abc');
});

const shortened: readonly [string, number, string][] = [
	['shop/api:1.4', 20, 'shop/api:1.4'],
	['reg.example.com/team/shop/api:1.4.2', 30, 'reg.example.com/…/api:1.4.2'],
	['reg.example.com/team/shop/api:1.4.2', 20, '…/api:1.4.2'],
	['reg.example.com/team/shop/api:1.4.2', 8, 'api….4.2'],
	['reg.example.com/team/shop/api:1.4.2', 0, ''],
];

for (const [name, width, expected] of shortened)
	test(`shortenImage to ${width}`, () => assert.equal(shortenImage(name, width), expected));

const port = (containerPort: number, rest: Partial<PortField> = {}): PortField => ({
	containerPort,
	protocol: 'tcp',
	...rest,
});

accepts(parsePort, [
	['80', [port(80)]],
	['8080:80', [port(80, {hostPort: 8080})]],
	['8080:80/UDP', [port(80, {hostPort: 8080, protocol: 'udp'})]],
	['127.0.0.1:8080:80', [port(80, {hostPort: 8080, hostIp: '127.0.0.1'})]],
	['127.0.0.1::80', [port(80, {hostIp: '127.0.0.1'})]],
	['[::1]:8080:80', [port(80, {hostPort: 8080, hostIp: '::1'})]],
	['0:80', [port(80)]],
	['8000-8002:80', [port(80, {hostPort: 8000, lastHostPort: 8002})]],
	['8000-8002:80-82', [port(80, {hostPort: 8000}), port(81, {hostPort: 8001}), port(82, {hostPort: 8002})]],
]);

refuses(parsePort, [
	['', '', /a port is/],
	['http', 'http', /container port/],
	['0', '0', /1 to 65535/],
	['65536', '65536', /1 to 65535/],
	['80-70', '80-70', /low-high/],
	['99999:80', '99999:80', /host port/],
	['8000-8001:80-82', '8000-8001:80-82', /same length/],
	['80/icmp', '80/icmp', /tcp, udp or sctp/],
	['host:80:80', 'host:80:80', /IP address/],
	['::1:80:80', '::1:80:80', /a port is/],
]);

accepts(parseEnv, [
	['A=b', 'A=b'],
	['A=', 'A='],
	['A', 'A'],
	['A=b=c d', 'A=b=c d'],
]);
refuses(parseEnv, [
	['', '', /key is missing/],
	['=x', '=x', /key is missing/],
	['A B=c', 'A B=c', /no blanks/],
]);

accepts(parseVolume, [
	['/host:/in', {source: '/host', target: '/in', isReadOnly: false}],
	['/host:/in:ro', {source: '/host', target: '/in', isReadOnly: true}],
	['data:/in:rw', {source: 'data', target: '/in', isReadOnly: false}],
	['/in', {target: '/in', isReadOnly: false}],
]);
refuses(parseVolume, [
	['', '', /absolute path in the container/],
	['data', 'data', /absolute path in the container/],
	['/a:b', '/a:b', /absolute path in the container/],
	['./a:/b', './a:/b', /absolute/],
	['~/a:/b', '~/a:/b', /absolute/],
	[':/b', ':/b', /volume name/],
	['a b:/c', 'a b:/c', /volume name/],
	['/a:/b:zz', '/a:/b:zz', /ro or rw/],
	['/a:/b:ro:x', '/a:/b:ro:x', /source:target/],
	['/a:/', '/a:/', /cannot be/],
]);

accepts(parseRestart, [
	['no', {name: 'no'}],
	['always', {name: 'always'}],
	['unless-stopped', {name: 'unless-stopped'}],
	['on-failure', {name: 'on-failure'}],
	['on-failure:3', {name: 'on-failure', maximumRetryCount: 3}],
]);
refuses(parseRestart, [
	['sometimes', 'sometimes', /on-failure:N/],
	['always:3', 'always:3', /on-failure:N/],
	['on-failure:-1', 'on-failure:-1', /on-failure:N/],
]);

accepts(parseCpus, [
	['2', 2],
	['0.5', 0.5],
	['.25', 0.25],
]);
refuses(parseCpus, [
	['0', '0', /above 0/],
	['-1', '-1', /above 0/],
	['two', 'two', /above 0/],
]);

accepts(parseMemory, [['512m', 512 * 1024 * 1024]]);
refuses(parseMemory, [
	['1m', '1m', /6m/],
	['lots', 'lots', /512m/],
]);

accepts(parseContainerName, [['web_1.a-b', 'web_1.a-b']]);
refuses(parseContainerName, [
	['', '', /two or more/],
	['a', 'a', /two or more/],
	['-web', '-web', /beginning with/],
	['my web', 'my web', /letters, digits/],
	['wéb', 'wéb', /letters, digits/],
]);
