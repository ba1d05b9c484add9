import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {archiveName, compressionOf} from '../../source/format/archive-name.ts';
import {parseChange, parseImportChanges} from '../../source/format/import-changes.ts';
import {parsePlatform} from '../../source/format/platform.ts';
import {parsePullLine} from '../../source/format/pull-line.ts';

suite('the name of an archive', () => {
	for (const [references, name] of [
		[['shop/api:1.4'], 'shop-api-1.4.tar'],
		[['registry.example.com:5000/shop/api:1.4', 'b:1', 'c:1'], 'shop-api-1.4-and-2-more.tar'],
		[[`sha256:${'ab'.repeat(32)}`], 'abababababab.tar'],
		[['busy'], 'busy.tar'],
		[['shop/api:1.4', 'shop/api:1.5', 'shop/api:edge'], 'shop-api-3-tags.tar'],
		[[], 'images.tar'],
	] as const)
		test(name, () => assert.equal(archiveName(references), name));

	for (const [path, compression] of [
		['a.tar', 'none'],
		['a.tar.gz', 'gzip'],
		['a.TGZ', 'gzip'],
		['a.tar.zst', 'zstd'],
		['a.gz', 'none'],
	] as const)
		test(`${path} is ${compression}`, () => assert.equal(compressionOf(path), compression));
});

suite('a platform', () => {
	for (const [text, platform] of [
		['linux/arm64', 'linux/arm64'],
		[' Linux/ARM/v7 ', 'linux/arm/v7'],
		['windows', 'windows'],
	] as const)
		test(text, () => assert.deepEqual(parsePlatform(text), {ok: true, value: platform}));
	for (const text of ['', 'linux/', '/arm64', 'linux/arm/v7/x', 'linux arm64', 'linux,arm64'])
		test(`"${text}" is none`, () => assert.equal(parsePlatform(text).ok, false));
});

suite('what follows pull', () => {
	for (const [line, reference, choice] of [
		['busy', 'busy:latest', {}],
		['--platform linux/arm64 busy:1', 'busy:1', {platform: 'linux/arm64'}],
		['busy:1 --platform=Linux/arm64', 'busy:1', {platform: 'linux/arm64'}],
		['-a host:5000/a/b', 'host:5000/a/b', {isAllTags: true}],
		['--all-tags --platform linux/s390x a', 'a', {platform: 'linux/s390x', isAllTags: true}],
	] as const)
		test(line, () => assert.deepEqual(parsePullLine(line), {ok: true, value: [{reference, choice}]}));

	for (const [line, rule] of [
		['', 'an image name is needed'],
		['--all-tags a:1', 'by the repository alone'],
		[`--all-tags host:5000/a@sha256:${'a'.repeat(64)}`, 'by the repository alone'],
		['a --platform', 'a platform is os'],
		['--platform= a', 'a platform is os'],
		['--quiet a', 'a pull takes --platform'],
		['a B', 'lower case'],
		['"a', 'the quote " is not closed'],
	] as const)
		test(`${line} is told the rule`, () => {
			const parsed = parsePullLine(line);
			assert.ok(!parsed.ok && parsed.reason.includes(rule), JSON.stringify(parsed));
		});
});

test('several images are pulled by one line, none of them twice', () => {
	const parsed = parsePullLine('a b:1 a:latest --platform linux/arm64');
	assert.ok(parsed.ok);
	assert.deepEqual(
		parsed.value.map(({reference, choice}) => [reference, choice.platform]),
		[
			['a:latest', 'linux/arm64'],
			['b:1', 'linux/arm64'],
		],
	);
});

suite('changes of an import', () => {
	for (const [text, count] of [
		['', 0],
		['CMD ["sh", "-c", "a; b"]', 1],
		['CMD nginx -g "daemon off;"', 1],
		['ENV A=b C="d e"; EXPOSE 80 53/udp 8000-8010/tcp', 2],
		['ENV A b=c', 1],
		['LABEL a="x; y"; USER 0:0; VOLUME ["/a", "/b"]', 3],
		['healthcheck NONE; onbuild RUN true', 2],
	] as const)
		test(`${text} is fine`, () => {
			const parsed = parseImportChanges(text);
			assert.ok(parsed.ok && parsed.value.length === count, JSON.stringify(parsed));
		});

	for (const [text, rule] of [
		['FROM scratch', 'a change begins with'],
		['VOLUME /data; RUN true', 'a change begins with'],
		['CMD', 'a change begins with'],
		['CMD ["sh"', 'a list is JSON'],
		["ENTRYPOINT ['sh']", 'a list is JSON'],
		['VOLUME [1]', 'a list is JSON'],
		['ENV A=b C', '"C": it is KEY=VALUE'],
		['ENV =b', 'the key is missing'],
		['LABEL a="b', 'is not closed'],
		['EXPOSE 80 0', '"0": a port'],
		['EXPOSE 80/icmp', '"80/icmp": a port'],
		['EXPOSE 1-99999', 'a port'],
		['STOPSIGNAL NOPE', 'signal'],
		['USER a b', 'one word'],
		['ONBUILD FROM x', 'neither ONBUILD, FROM'],
	] as const)
		test(`${text} is told the rule`, () => {
			const parsed = parseImportChanges(text);
			assert.ok(!parsed.ok && parsed.reason.includes(rule), JSON.stringify(parsed));
		});

	test('of one field: its instruction, or none', () => {
		assert.deepEqual(parseChange('CMD', '  '), {ok: true, value: []});
		assert.deepEqual(parseChange('CMD', ' sh '), {ok: true, value: ['CMD sh']});
		assert.equal(parseChange('EXPOSE', 'x').ok, false);
	});
});
