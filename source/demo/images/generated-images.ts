import {createHash} from 'node:crypto';
import {baseLayers} from './base-layers.ts';
import {makeLayer} from './layer.ts';
import {aptCommand, baseSteps, type WorldImage} from './world-image.ts';

const families = [
	baseSteps(baseLayers.debian, 'debian.sh --arch amd64 out/ trixie'),
	baseSteps(baseLayers.alpine, 'alpine-minirootfs-3.22.2-x86_64.tar.gz'),
];
const programs = ['gateway', 'billing', 'mailer', 'search', 'ledger', 'catalogue', 'session', 'export'];
const programLayers = programs.map((program, index) =>
	makeLayer({[`srv/bin/${program}`]: 1000 + index * 300}, 9_000_000 + index * 3_700_000),
);

/** Bytes that are the same for the same name. */
const chanceOf = (name: string): Buffer => createHash('sha256').update(name).digest();

/** An image made up from its name: the same name gives the same image. @param name e.g. `generated/mailer:1.0.7` */
export const generateImage = (name: string, seed: number): WorldImage => {
	const chance = chanceOf(`${seed} ${name}`);
	const program = pick(programs, chance.readUInt8(1));
	return {
		tags: [name],
		ageDays: chance.readUInt8(2) + chance.readUInt8(3) / 256,
		isPulled: true,
		steps: [
			...pick(families, chance.readUInt8(0)),
			{createdBy: aptCommand('ca-certificates'), layer: baseLayers.certificates},
			{createdBy: `COPY ${program} /srv/bin/ # buildkit`, layer: pick(programLayers, chance.readUInt8(1))},
			{createdBy: `LABEL com.example.image=${name}`},
			{createdBy: `ENTRYPOINT ["/srv/bin/${program}"]`},
		],
		settings: {entrypoint: [`/srv/bin/${program}`], labels: {'com.example.image': name}},
	};
};

/** As `generateImage`, with layers that no other image has: something to load when it is pulled. */
export const generatePulledImage = (name: string, seed: number): WorldImage => {
	const image = generateImage(name, seed);
	const chance = chanceOf(`${seed} layers of ${name}`);
	const own = ['modules', 'assets', 'locales', 'settings'].map((part, index) => ({
		createdBy: `COPY ${part} /srv/${part}/ # buildkit`,
		layer: makeLayer(
			{[`srv/${part}/README`]: `${part} of ${name}\n`, [`srv/${part}/${part}.dat`]: 1},
			200_000 + chance.readUInt16BE(index * 2) * 60,
		),
	}));
	return {...image, steps: [...image.steps, ...own]};
};

/** `generated/gateway:1.0.0`, `generated/billing:1.0.1` … */
export const generatedNames = (count: number): readonly string[] =>
	Array.from(
		{length: count},
		(_, index) => `generated/${pick(programs, index)}:1.${Math.floor(index / 100)}.${index % 100}`,
	);

const pick = <Item>(items: readonly [Item, ...Item[]] | readonly Item[], at: number): Item => {
	const item = items[at % items.length];
	if (item === undefined) throw new RangeError('nothing to pick from');
	return item;
};
