import {DemoError, type DemoRequest, type DemoRoute} from '../contract.ts';
import {object, text} from '../http/read.ts';
import {everyPassword} from '../registries/accounts.ts';
import {registryOf} from '../registries/registry-hosts.ts';
import {search} from '../registries/search.ts';
import {describeInRegistry} from './catalogue.ts';
import type {ImageParts} from './parts.ts';
import {demoReference} from './references.ts';

/** `GET /images/search`, `GET /distribution/{name}/json` and `POST /auth`. */
export const registryRoutes = (parts: ImageParts): readonly DemoRoute[] => [
	{method: 'GET', path: /^\/images\/search$/, handle: ({query}) => ({status: 200, json: search(query)})},
	{
		method: 'GET',
		path: /^\/distribution\/(.+)\/json$/,
		handle(request, [name = '']) {
			const {descriptor, platforms} = describeInRegistry(demoReference(name), request, parts.stock);
			return {status: 200, json: {Descriptor: descriptor, Platforms: platforms}};
		},
	},
	{method: 'POST', path: /^\/auth$/, handle: checkLogin},
];

const hubAddress = 'https://index.docker.io/v1/';

/** From this API on an engine answers a wrong password as such. */
const tellingMinor = 44;

const checkLogin = async (request: DemoRequest) => {
	const account = object(await request.body());
	const address = text(account.serveraddress) || hubAddress;
	const host =
		address === hubAddress ? 'docker.io' : address.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
	if (registryOf(host) === undefined)
		throw new DemoError(500, `Get "https://${host}/v2/": dial tcp: lookup ${host}: no such host`);
	if (!text(account.username) || text(account.password) !== everyPassword) {
		const url = address === hubAddress ? 'https://registry-1.docker.io/v2/' : `https://${host}/v2/`;
		throw new DemoError(
			request.apiMinor < tellingMinor ? 500 : 401,
			`login attempt to ${url} failed with status: 401 Unauthorized (in this invented world every password is “${everyPassword}”)`,
		);
	}
	return {status: 200, json: {IdentityToken: '', Status: 'Login Succeeded'}};
};
