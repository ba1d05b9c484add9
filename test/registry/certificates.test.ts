import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {certificateFolders, readCertificates} from '../../source/registry/http/certificates.ts';
import {temporaryFolder} from '../helpers/started-registry.ts';

describe('certificates of registries', () => {
	test('are where docker has them: of the machine, of a rootless engine, of the desktop', () => {
		assert.deepEqual(certificateFolders({env: {}, home: '/home/ada'}), [
			'/etc/docker/certs.d',
			'/home/ada/.config/docker/certs.d',
			'/home/ada/.docker/certs.d',
		]);
		const elsewhere = certificateFolders({env: {XDG_CONFIG_HOME: '/config'}, home: '/home/ada'});
		assert.equal(elsewhere[1], '/config/docker/certs.d');
		assert.deepEqual(certificateFolders({env: {}, home: '/', certificates: ['/x']}), ['/x']);
	});

	test('of all folders together: *.crt are authorities, a *.cert goes with its key; the rest is nothing', async () => {
		const folder = temporaryFolder('folders');
		try {
			const write = (path: string): void => {
				const file = join(folder.path, path);
				mkdirSync(join(file, '..'), {recursive: true});
				writeFileSync(file, path);
			};
			for (const path of ['one/host:5000/a.crt', 'one/host:5000/client.cert', 'one/host:5000/client.key'])
				write(path);
			for (const path of ['two/host:5000/b.crt', 'two/host:5000/lonely.cert', 'two/host:5000/README'])
				write(path);
			write('two/host/not-this-port.crt');
			mkdirSync(join(folder.path, 'two/host:5000/folder.crt'));
			const folders = ['one', 'two', 'three'].map(name => join(folder.path, name));
			assert.deepEqual(await readCertificates(folders, 'host:5000'), {
				authorities: ['one/host:5000/a.crt', 'two/host:5000/b.crt'],
				own: [{certificate: 'one/host:5000/client.cert', key: 'one/host:5000/client.key'}],
			});
		} finally {
			folder.remove();
		}
	});
});
