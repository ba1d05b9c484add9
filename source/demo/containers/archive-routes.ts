import {packTar, type TarEntry, unpackTar} from 'modern-tar';
import type {Clock} from '../../clock.ts';
import {DemoError, type DemoReply, type DemoRequest, type DemoRoute} from '../contract.ts';
import {fileAt, folderAt, resolvePath} from '../shell/files.ts';
import type {ContainerEvents} from './container-events.ts';
import type {ContainerStore} from './container-store.ts';
import type {DemoContainer} from './container-types.ts';
import {shellHostOf} from './shell-host-of.ts';

export type ArchiveParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly events: ContainerEvents;
};

/** A name in a container: a directory with what is in it, or a file with its content. */
type Node =
	| {readonly kind: 'directory'; readonly names: readonly string[]}
	| {readonly kind: 'file'; readonly content: Uint8Array};

/** What was copied into containers, by container and path; a directory is there by what is beneath it. */
type Written = Map<string, Map<string, Node>>;

/** `HEAD`, `GET` and `PUT /containers/{id}/archive`: the files that a shell in the container sees, and what was put there. */
export const archiveRoutes = ({clock, store, events}: ArchiveParts): readonly DemoRoute[] => {
	const written: Written = new Map();

	const nodeAt = (container: DemoContainer, path: string): Node | undefined => {
		const put = written.get(container.id);
		const names = folderAt(path);
		const own = put?.get(path);
		if (own?.kind === 'file') return own;
		if (names !== undefined || own !== undefined || path === '/') {
			const prefix = path === '/' ? '/' : `${path}/`;
			const added = [...(put?.keys() ?? [])].filter(each => each.startsWith(prefix));
			const more = added.map(each => each.slice(prefix.length).split('/')[0] ?? '');
			return {kind: 'directory', names: [...new Set([...(names ?? []), ...more])].sort()};
		}
		const parent = path.slice(0, path.lastIndexOf('/')) || '/';
		const name = path.slice(path.lastIndexOf('/') + 1);
		if (folderAt(parent)?.includes(name) !== true) return undefined;
		const isFolder = parent === '/' || parent === '/usr' || parent === '/var';
		if (isFolder) return {kind: 'directory', names: []};
		const text = fileAt(path, shellHostOf(container, clock)) ?? `# ${path}\n`;
		return {kind: 'file', content: new TextEncoder().encode(text)};
	};

	const asked = (request: DemoRequest, reference: string) => {
		const container = store.get(reference);
		const path = resolvePath('/', request.query.get('path') ?? '');
		const node = nodeAt(container, path);
		if (node === undefined)
			throw new DemoError(404, `Could not find the file ${path} in container ${reference}`);
		return {container, path, node};
	};

	const entriesOf = (container: DemoContainer, path: string, name: string): readonly TarEntry[] => {
		const node = nodeAt(container, path);
		if (node === undefined) return [];
		const mtime = new Date(container.createdAt);
		if (node.kind === 'file') {
			const mode = path.startsWith('/bin/') ? 0o755 : 0o644;
			return [{header: {name, type: 'file', size: node.content.length, mode, mtime}, body: node.content}];
		}
		const beneath = node.names.flatMap(each => {
			const inner = path === '/' ? `/${each}` : `${path}/${each}`;
			return entriesOf(container, inner, `${name.replace(/\/$/, '')}/${each}`);
		});
		return [{header: {name: `${name.replace(/\/$/, '')}/`, type: 'directory', size: 0, mtime}}, ...beneath];
	};

	const put = async (request: DemoRequest, reference: string): Promise<DemoReply> => {
		const {container, path, node} = asked(request, reference);
		if (node.kind !== 'directory') throw new DemoError(400, 'extraction point is not a directory');
		const chunks: Buffer[] = [];
		for await (const chunk of request.raw) chunks.push(chunk);
		const mine = written.get(container.id) ?? new Map<string, Node>();
		for (const {header, data} of await unpackTar(Buffer.concat(chunks), {strict: true})) {
			const at = resolvePath(path, header.name);
			if (header.type === 'directory') mine.set(at, {kind: 'directory', names: []});
			else mine.set(at, {kind: 'file', content: data ?? new Uint8Array()});
		}
		written.set(container.id, mine);
		events.tell(container, 'extract-to-dir', {path});
		return {status: 200};
	};

	const path = /^\/containers\/([^/]+)\/archive$/;
	return [
		{
			method: 'HEAD',
			path,
			handle: (request, [reference = '']) => {
				const {container, path: at, node} = asked(request, reference);
				return {status: 200, headers: {'X-Docker-Container-Path-Stat': statOf(container, at, node)}};
			},
		},
		{
			method: 'GET',
			path,
			handle: async (request, [reference = '']) => {
				const {container, path: at} = asked(request, reference);
				const name = at === '/' ? '/' : at.slice(at.lastIndexOf('/') + 1);
				const tar = await packTar(entriesOf(container, at, name));
				events.tell(container, 'archive-path', {path: at});
				return {status: 200, contentType: 'application/x-tar', stream: once(Buffer.from(tar))};
			},
		},
		{method: 'PUT', path, handle: (request, [reference = '']) => put(request, reference)},
	];
};

/** As Go's `fs.FileMode` writes a directory. */
const directoryBit = 2 ** 31;

const statOf = ({createdAt}: DemoContainer, path: string, node: Node): string => {
	const isDirectory = node.kind === 'directory';
	const stat = {
		name: path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1),
		size: isDirectory ? 4096 : node.content.length,
		mode: isDirectory ? directoryBit + 0o755 : 0o644,
		mtime: new Date(createdAt).toISOString(),
		linkTarget: '',
	};
	return Buffer.from(JSON.stringify(stat)).toString('base64');
};

async function* once(data: Buffer): AsyncGenerator<Buffer> {
	yield data;
}
