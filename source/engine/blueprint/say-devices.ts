import {type Fields, list, number, record, text, textMap, texts} from '../decode/read.ts';
import {csv, type Saying} from './words.ts';

/** GPUs and what else a driver hands out, and devices named by the Container Device Interface. */
export const sayDeviceRequests: Saying = value => {
	const requests = list(value).map(record);
	const words = requests.map(request => {
		if (text(request.Driver) === 'cdi') return texts(request.DeviceIDs).flatMap(id => ['--device', id]);
		return isGpu(request) ? ['--gpus', csv(gpuFields(request))] : undefined;
	});
	return words.every(entry => entry !== undefined) ? words.flat() : undefined;
};

/** `--gpus` always asks for one set of capabilities with `gpu` in it. */
const isGpu = (request: Fields): boolean => {
	const sets = list(request.Capabilities);
	return sets.length === 1 && texts(sets[0]).includes('gpu');
};

const gpuFields = (request: Fields): readonly string[] => {
	const count = number(request.Count);
	const ids = texts(request.DeviceIDs);
	const capabilities = texts(list(request.Capabilities)[0]).filter(name => name !== 'gpu');
	const options = Object.entries(textMap(request.Options)).map(([key, entry]) => `${key}=${entry}`);
	return [
		...(ids.length > 0 ? [`device=${ids.join(',')}`] : [count < 0 ? 'all' : `count=${count}`]),
		...(text(request.Driver) === '' ? [] : [`driver=${text(request.Driver)}`]),
		...(capabilities.length > 0 ? [`capabilities=${capabilities.join(',')}`] : []),
		...(options.length > 0 ? [`options=${csv(options)}`] : []),
	];
};
