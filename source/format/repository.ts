/** `host:5000/shop/api` of `host:5000/shop/api:1.4`, and of `host:5000/shop/api@sha256:…`. */
export const repositoryOf = (reference: string): string => {
	const [named = ''] = reference.split('@', 1);
	// A colon before the last slash is the registry's port.
	const colon = named.lastIndexOf(':');
	return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
};
