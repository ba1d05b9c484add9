import type {RegistryAuth} from './registry-types.ts';

/** As the engine writes Docker Hub. */
const hubAddress = 'https://index.docker.io/v1/';

const addressOf = (host: string): string => (host === 'docker.io' ? hubAddress : host);

/** The engine's JSON of a registry's credentials. Source: moby, api/types/registry.AuthConfig. */
export const authRecord = ({host, credentials}: RegistryAuth): Readonly<Record<string, string>> => {
	const serveraddress = addressOf(host);
	switch (credentials.kind) {
		case 'password':
			return {username: credentials.username, password: credentials.password, serveraddress};
		case 'identity-token':
			return {identitytoken: credentials.token, serveraddress};
	}
};

/** Go reads the padded alphabet of base64url, which `base64url` of Node is not. */
const paddedBase64Url = (text: string): string =>
	Buffer.from(text, 'utf8').toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** Of all accounts, each by the name under which the engine looks for it. */
export const configHeader = (auths: readonly RegistryAuth[]): Readonly<Record<string, string>> => {
	const records = auths.map(auth => [addressOf(auth.host), authRecord(auth)] as const);
	return {'X-Registry-Config': paddedBase64Url(JSON.stringify(Object.fromEntries(records)))};
};

/** Always there: without credentials some engines insist on the header still. */
export const authHeader = (auth: RegistryAuth | undefined): Readonly<Record<string, string>> => ({
	'X-Registry-Auth': paddedBase64Url(JSON.stringify(auth === undefined ? {} : authRecord(auth))),
});
