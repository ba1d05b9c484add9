import type {ShellHost} from './shell-host.ts';

const folders: Readonly<Record<string, readonly string[]>> = {
	'/': ['bin', 'dev', 'etc', 'home', 'lib', 'proc', 'root', 'sys', 'tmp', 'usr', 'var'],
	'/etc': ['group', 'hostname', 'hosts', 'os-release', 'passwd', 'resolv.conf'],
	'/home': [],
	'/root': [],
	'/tmp': [],
	'/usr': ['bin', 'lib', 'local', 'share'],
	'/var': ['lib', 'log', 'run', 'tmp'],
	'/bin': ['cat', 'echo', 'env', 'ls', 'ps', 'sh', 'sleep'],
	'/dev': ['null', 'random', 'stderr', 'stdin', 'stdout', 'urandom', 'zero'],
	'/app': ['config', 'package.json', 'server.js'],
};

/** Names in a folder; `undefined` when there is none. */
export const folderAt = (path: string): readonly string[] | undefined => folders[path];

/** The content of a file; `undefined` when there is none. */
export const fileAt = (path: string, {hostname, address}: ShellHost): string | undefined => {
	const files: Readonly<Record<string, string>> = {
		'/etc/os-release':
			'PRETTY_NAME="Demo Linux 12"\nNAME="Demo Linux"\nVERSION_ID="12"\nID=demo\nHOME_URL="https://example.com/"\n',
		'/etc/hostname': `${hostname}\n`,
		'/etc/hosts': `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n${address}\t${hostname}\n`,
		'/etc/resolv.conf': 'nameserver 127.0.0.11\noptions ndots:0\n',
		'/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
		'/etc/group': 'root:x:0:\nnobody:x:65534:\n',
		'/app/package.json': '{"name": "demo", "version": "1.0.0"}\n',
		'/dev/null': '',
	};
	return files[path];
};

/** A path from a folder, without `.` and `..`. */
export const resolvePath = (folder: string, path: string): string => {
	const parts: string[] = [];
	for (const part of `${path.startsWith('/') ? '' : folder}/${path}`.split('/'))
		if (part === '..') parts.pop();
		else if (part !== '' && part !== '.') parts.push(part);
	return `/${parts.join('/')}`;
};
