import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {hostOfEngine, portUrls} from '../../source/format/port-url.ts';

suite('the machine of an engine', () => {
	for (const [address, host] of [
		['unix:///var/run/docker.sock', 'localhost'],
		['npipe:////./pipe/docker_engine', 'localhost'],
		['embedded engine', 'localhost'],
		['tcp://build-3:2376', 'build-3'],
		['tcp://10.0.0.7:2375/prefix', '10.0.0.7'],
		['tcp://[fe80::1]:2375', 'fe80::1'],
		['tcp://0.0.0.0:2375', 'localhost'],
		['ssh://ops@web-3:22', 'web-3'],
		['ssh://web-3', 'web-3'],
	] as const)
		test(address, () => {
			assert.equal(hostOfEngine(address), host);
		});
});

const bound = (publicPort: number, privatePort: number, hostIp = '0.0.0.0', protocol = 'tcp') => ({
	publicPort,
	privatePort,
	hostIp,
	protocol,
});

suite('addresses of ports', () => {
	for (const [what, ports, host, expected] of [
		['of a socket', [bound(8080, 80)], 'localhost', ['http://localhost:8080']],
		['both families as one', [bound(8080, 80), bound(8080, 80, '::')], 'web-3', ['http://web-3:8080']],
		['the usual ports are left out', [bound(80, 8000), bound(443, 8443)], 'h', ['http://h', 'https://h']],
		['encrypted by custom', [bound(9000, 443), bound(8443, 1)], 'h', ['https://h:8443', 'https://h:9000']],
		['bound to one address', [bound(8080, 80, '10.1.2.3')], 'web-3', ['http://10.1.2.3:8080']],
		['of version 6', [bound(8080, 80, 'fd00::1')], 'h', ['http://[fd00::1]:8080']],
		['an engine by such an address', [bound(8080, 80)], 'fd00::2', ['http://[fd00::2]:8080']],
		[
			'neither udp nor what is not published',
			[bound(53, 53, '', 'udp'), {privatePort: 80, protocol: 'tcp'}],
			'h',
			[],
		],
	] as const)
		test(what, () => {
			assert.deepEqual(
				portUrls(ports, host).map(({url}) => url),
				expected,
			);
		});

	test('a loopback address of another machine is told apart', () => {
		const ports = [bound(8080, 80, '127.0.0.1')];
		assert.equal(portUrls(ports, 'web-3')[0]?.isLocalElsewhere, true);
		assert.equal(portUrls(ports, 'localhost')[0]?.isLocalElsewhere, false);
	});
});
