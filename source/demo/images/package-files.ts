import type {LayerContent} from './layer-files.ts';

const merged = (parts: readonly LayerContent[]): LayerContent => Object.assign({}, ...parts);

/** What Debian packages leave, besides their programs. @param names with their share of the layer's bytes */
export const debianPackages = (names: Readonly<Record<string, number>>): LayerContent =>
	merged(
		Object.entries(names).map(([name, share]) => ({
			[`usr/share/doc/${name}/changelog.Debian.gz`]: share / 12,
			[`usr/share/doc/${name}/copyright`]: `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: ${name}\n`,
			[`var/lib/dpkg/info/${name}.list`]: `/.\n/usr/share/doc/${name}/copyright\n`,
			[`var/lib/dpkg/info/${name}.md5sums`]: share / 100,
			...(name.startsWith('lib')
				? {
						[`usr/lib/x86_64-linux-gnu/${name}.so.1.0`]: share,
						[`usr/lib/x86_64-linux-gnu/${name}.so.1`]: {symlink: `${name}.so.1.0`},
					}
				: {[`usr/bin/${name}`]: share, [`usr/share/man/man1/${name}.1.gz`]: share / 20}),
		})),
	);

/** What npm installs. */
export const nodeModules = (folder: string, names: Readonly<Record<string, number>>): LayerContent =>
	merged(
		Object.entries(names).map(([name, share]) => ({
			[`${folder}/${name}/LICENSE`]: `MIT License\n\nCopyright (c) the authors of ${name}\n`,
			[`${folder}/${name}/README.md`]: `# ${name}\n`,
			[`${folder}/${name}/index.js`]: share,
			[`${folder}/${name}/lib/${name.replace(/^.*\//, '')}.js`]: share * 3,
			[`${folder}/${name}/package.json`]: `{"name":"${name}","main":"index.js","license":"MIT"}\n`,
		})),
	);
