import {type Fields, list, number, record, text, textMap} from '../decode/read.ts';
import {isEmpty, said, without} from './compare.ts';
import {csv, type Saying} from './words.ts';

/** What `--mount` can say of a mount; other fields cannot be said. */
export const sayMounts: Saying = value => {
	const mounts = list(value).map(record);
	return mounts.some(mount => !isEmpty(unsayable(mount)))
		? undefined
		: mounts.flatMap(mount => ['--mount', csv(mountFields(mount))]);
};

const mountFields = (mount: Fields): readonly string[] => {
	const bind = record(mount.BindOptions);
	const tmpfs = record(mount.TmpfsOptions);
	return [
		`type=${text(mount.Type)}`,
		...word('source', text(mount.Source)),
		`target=${text(mount.Target)}`,
		...(mount.ReadOnly === true ? ['readonly'] : []),
		...word('consistency', text(mount.Consistency)),
		...word('bind-propagation', text(bind.Propagation)),
		...(bind.NonRecursive === true ? ['bind-recursive=disabled'] : []),
		...(bind.ReadOnlyNonRecursive === true ? ['bind-recursive=writable'] : []),
		...(bind.ReadOnlyForceRecursive === true ? ['bind-recursive=readonly'] : []),
		...volumeFields(record(mount.VolumeOptions)),
		...(number(tmpfs.SizeBytes) > 0 ? [`tmpfs-size=${number(tmpfs.SizeBytes)}`] : []),
		...(number(tmpfs.Mode) > 0 ? [`tmpfs-mode=${number(tmpfs.Mode).toString(8)}`] : []),
		...word('image-subpath', text(record(mount.ImageOptions).Subpath)),
	];
};

const volumeFields = (volume: Fields): readonly string[] => {
	const driver = record(volume.DriverConfig);
	return [
		...(volume.NoCopy === true ? ['volume-nocopy'] : []),
		...word('volume-subpath', text(volume.Subpath)),
		...Object.entries(textMap(volume.Labels)).map(([key, entry]) => `volume-label=${key}=${entry}`),
		...word('volume-driver', text(driver.Name)),
		...Object.entries(textMap(driver.Options)).map(([key, entry]) => `volume-opt=${key}=${entry}`),
	];
};

const word = (key: string, value: string): readonly string[] => (value === '' ? [] : [`${key}=${value}`]);

const known: Readonly<Record<string, readonly string[]>> = {
	BindOptions: ['Propagation', 'NonRecursive', 'ReadOnlyNonRecursive', 'ReadOnlyForceRecursive'],
	VolumeOptions: ['NoCopy', 'Subpath', 'Labels', 'DriverConfig'],
	TmpfsOptions: ['SizeBytes', 'Mode'],
	ImageOptions: ['Subpath'],
};

const unsayable = (mount: Fields): Fields =>
	said({
		...without(mount, 'Type', 'Source', 'Target', 'ReadOnly', 'Consistency', ...Object.keys(known)),
		...Object.fromEntries(
			Object.entries(known).map(([name, fields]) => [name, said(without(record(mount[name]), ...fields))]),
		),
	});
