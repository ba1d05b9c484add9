import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';
import {hasImage} from '../helpers/registry-image.ts';

const dockerfile = `FROM gantry-test/busy:1
ARG VERSION=1
ENV API_TOKEN=hunter2 COLOUR=blue
LABEL org.example.vendor="Example & Co"
WORKDIR /srv/app
RUN echo ${'a-rather-long-word '.repeat(12)}> /srv/app/file && echo done
RUN true
RUN rm /srv/app/file
USER 1000:1000
EXPOSE 80/tcp 53/udp
VOLUME /data
HEALTHCHECK --interval=5s --retries=4 CMD wget -q http://localhost/ || exit 1
STOPSIGNAL SIGQUIT
ONBUILD RUN echo built
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo hi"]
`;

async function build(name: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
	try {
		writeFileSync(join(folder, 'Dockerfile'), dockerfile.replace('VERSION=1', `VERSION=${name}`));
		return await docker('build', '--quiet', '--tag', name, folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

describe("an image's screen", {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('h lists the instructions as a Dockerfile has them, with the layers that they made', async () => {
		const name = testName('steps:1');
		const id = await build(name);
		const layers: readonly string[] = JSON.parse(
			await docker('inspect', '--format', '{{json .RootFS.Layers}}', id),
		);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.press('h');
		await gantry.sees('╭ History');
		await gantry.sees(`${layers.length} layers`);
		const line = (word: string) => gantry.screen().find(row => row.includes(word)) ?? '';
		await gantry.sees(/- +CMD \["echo hi"\] +empty/);
		assert.match(line('ENTRYPOINT'), /- +ENTRYPOINT \["\/bin\/sh", "-c"\]/);
		assert.match(line('HEALTHCHECK'), /HEALTHCHECK --interval=5s --retries=4 CMD wget -q/);
		assert.match(line('ENV '), /API_TOKEN=\*{6} COLOUR=blue/);
		// The classic builder keeps images of its steps: what each made is known, though three have no size.
		await gantry.sees(/\d+ +RUN rm \/srv\/app\/file/);
		const [from, to] = [layers.at(-2) ?? '', layers.at(-1) ?? ''].map(diffId => diffId.slice(7, 19));
		assert.ok(line('RUN rm ').includes(to ?? '-'), line('RUN rm '));
		assert.ok(line('RUN echo a-rather').includes(from ?? '-'), line('RUN echo a-rather'));
		assert.match(line('RUN true'), /- +RUN true/);
		assert.match(line('WORKDIR'), new RegExp(`${layers.length - 2} +WORKDIR /srv/app`));

		await gantry.press('/');
		await gantry.type('a-rather');
		await gantry.press('enter');
		await gantry.sees(/> \/srv\/app\/file && echo done/);
		await gantry.press('y');
		await gantry.tells(/copied \d{3} characters/);
	});

	test('C shows the configuration, secrets only when they are asked for', async () => {
		const name = testName('config:1');
		await build(name);
		await using gantry = await openGantry({rows: 60});
		await gantry.selectImage(name);
		await gantry.press('C');
		await gantry.sees('╭ Configuration 1 masked');
		for (const text of [
			/entrypoint +│ \/bin\/sh -c/,
			/command +│ 'echo hi'/,
			/user +│ 1000:1000/,
			/working directory +│ \/srv\/app/,
			/stops with +│ SIGQUIT/,
			/API_TOKEN +│ \*{6}/,
			/COLOUR +│ blue/,
			'Exposed port (2)',
			'53/udp',
			'Volume (1)',
			/org\.example\.vendor +│ Example & Co/,
			/test +│ wget -q/,
			/retries +│ 4/,
			'On build (1)',
			/platform +│ linux\/amd64/,
		])
			await gantry.sees(text);
		await gantry.press('.');
		await gantry.sees(/API_TOKEN +│ hunter2/);
		await gantry.press(']');
		await gantry.sees('╭ Inspect');
		await gantry.press('[', '[');
		await gantry.sees('ENV API_TOKEN=hunter2');
	});

	test('at 80x24 everything can be reached', async () => {
		const name = testName('small:1');
		await build(name);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.selectImage(name);
		await gantry.press('C');
		await gantry.sees('entrypoint');
		await gantry.press('G');
		await gantry.sees('org.example.vendor');
		await gantry.press('h');
		await gantry.sees(/ENTRYPOINT \["\/bin\/sh", "-c"\] +empty/);
	});

	test('tag and remove work there, and what was loaded stays when it is gone', async () => {
		const [name, other] = [testName('there:1'), testName('there:2')];
		await build(name);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.press('h');
		await gantry.sees('ENTRYPOINT');
		await gantry.press('t');
		await gantry.sees(`╭ Tag ${name}`);
		await gantry.fill(other);
		await gantry.press('enter');
		await gantry.sees('1 other name');
		await gantry.press('d');
		await gantry.sees('Only the name goes: 1 other tag keeps the image.');
		await gantry.press('enter');
		await gantry.tells(`${name} removed`);
		await docker('rmi', other);
		await gantry.sees(/✖ removed \d\d:\d\d:\d\d \(delete\)/);
		await gantry.sees('as it was last');
		await gantry.sees('ENTRYPOINT');
		await gantry.press('d');
		await gantry.tells('remove: the image was removed');
		assert.equal(await hasImage(other), false);
		await gantry.press('q');
		await gantry.sees('╭ 2 Images');
	});
});
