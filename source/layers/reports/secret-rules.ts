/** What a file's name promises. */
export type SecretRule = {
	/** Stable: in JSON and documents. */
	readonly id: string;
	/** What it would be, in the singular. */
	readonly title: string;
	/** Of the file's name, in lower case; of its path where a name alone says too little. */
	readonly name?: RegExp;
	readonly path?: RegExp;
	/** Names of the kind that hold no secret. */
	readonly except?: RegExp;
};

/** The first that fits counts. */
const secretRules: readonly SecretRule[] = [
	{
		id: 'env-file',
		title: 'environment file',
		name: /^\.env(?:\..+)?$/,
		except: /\.(?:example|sample|template|tpl|tmpl|dist|defaults?|schema|md)$/,
	},
	{
		id: 'ssh-private-key',
		title: 'private SSH key',
		name: /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._-][\w.-]+)?$/,
		except: /\.(?:pub|[jt]sx?|py|go|rb|md|html?)$/,
	},
	{id: 'ssh-host-key', title: 'private SSH host key', name: /^ssh_host_\w+_key$/},
	{
		id: 'ssh-file',
		title: 'file of an SSH client',
		path: /(?:^|\/)\.ssh\/[^/]+$/,
		except: /^(?:known_hosts|authorized_keys|config|environment|rc)(?:\W.*)?$|\.pub$/,
	},
	{
		id: 'private-key',
		title: 'private key',
		name: /\.(?:pem|key|ppk)$/,
		// Certificates, parameters and public keys go by these names too.
		except:
			/^(?:.*[-_.])?(?:ca|cacerts?|certs?|certificates?|chain|fullchain|bundle|roots?|dh|dhparams?|pub|public|public[-_]?key)\d*\.(?:pem|key)$/,
	},
	{
		id: 'key-store',
		title: 'key store',
		name: /\.(?:p12|pfx|jks|keystore)$/,
		except: /^(?:cacerts|truststore)\W/,
	},
	{
		id: 'gpg-private-key',
		title: 'private GPG key',
		path: /(?:^|\/)private-keys-v1\.d\/[^/]+$|(?:^|\/)secring\.gpg$/,
	},
	{id: 'npm-token', title: 'configuration of npm, which may hold a token', name: /^\.npmrc$/},
	{id: 'pypi-token', title: 'configuration of PyPI uploads', name: /^\.pypirc$/},
	{
		id: 'package-token',
		title: 'credentials of a package registry',
		path: /(?:^|\/)(?:\.gem\/credentials|\.cargo\/credentials(?:\.toml)?|\.composer\/auth\.json)$/,
	},
	{id: 'netrc', title: 'logins of .netrc', name: /^[._]netrc$/},
	{id: 'git-credentials', title: 'stored logins of git', name: /^\.git-credentials$/},
	{
		id: 'cloud-credentials',
		title: 'credentials of a cloud',
		path: /(?:^|\/)(?:\.aws\/credentials|\.azure\/(?:accesstokens|msal_token_cache)\.json|gcloud\/(?:credentials\.db|application_default_credentials\.json)|\.s3cfg|\.boto|service[-_]?account[^/]*\.json)$/,
	},
	{
		id: 'docker-login',
		title: 'logins of docker',
		path: /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg|\.dockerconfigjson|containers\/auth\.json)$/,
	},
	{
		id: 'kubeconfig',
		title: 'access to a cluster',
		path: /(?:^|\/)(?:\.kube\/config|[^/]*kubeconfig(?:\.ya?ml)?)$/,
	},
	{id: 'vault-token', title: 'token of Vault', name: /^\.vault-token$/},
	{id: 'password-store', title: 'store of passwords', name: /\.(?:kdbx?|agilekeychain)$/},
	{id: 'database-password', title: 'password of a database', name: /^\.(?:pgpass|my\.cnf|mylogin\.cnf)$/},
	{id: 'password-file', title: 'file of passwords', name: /^\.htpasswd$/},
	{
		id: 'terraform-state',
		title: 'state of Terraform, with all it knows',
		name: /\.tfstate(?:\.backup|\.\d+)?$/,
	},
	{id: 'terraform-variables', title: 'variables of Terraform', name: /^(?:terraform|.*\.auto)\.tfvars$/},
	{id: 'mounted-secret', title: 'secret that was mounted', path: /^run\/secrets\/[^/]+$/},
];

/**
 * Where names like these are public: certificates of authorities, keys that check packages, and what came with a
 * package of npm, PyPI, RubyGems, Go or the distribution itself, such as the keys of its tests.
 */
const publicPlaces: RegExp =
	/^(?:etc\/(?:ssl\/certs|ca-certificates|pki\/(?:ca-trust|rpm-gpg|tls\/certs|java)|apk\/keys|apt)|usr\/(?:local\/)?share\/(?:ca-certificates|doc|keyrings|apk|distribution-gpg-keys)|usr\/(?:local\/)?(?:lib\/python[\d.]+\/(?:test|idlelib|lib2to3|ensurepip)|go|lib\/go[\d.-]*)|go\/pkg\/mod)\/|(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|vendor\/bundle|testdata)\//;

/**
 * The rule that a file's path falls under.
 * @param path latin1, without a slash before it
 */
export const secretRuleOf = (path: string): SecretRule | undefined => {
	const lower = path.toLowerCase();
	const name = lower.slice(lower.lastIndexOf('/') + 1);
	const rule = secretRules.find(each => (each.name?.test(name) ?? each.path?.test(lower)) === true);
	if (rule === undefined || rule.except?.test(name) === true || publicPlaces.test(lower)) return undefined;
	return rule;
};

/** Whatever lies in a directory of such a name needs a closer look. */
const tellingFolders: ReadonlySet<string> = new Set(['.ssh', 'private-keys-v1.d', 'secrets']);

export const isTellingFolder = (name: string): boolean => tellingFolders.has(name);

const tellingName =
	/^[._]|^id_|^ssh_host_|\.(?:pem|key|ppk|p12|pfx|jks|keystore|gpg|kdbx?|agilekeychain|tfstate|tfvars|json|db|backup|\d+)$|^credentials|^config$|kubeconfig/i;

/** Elsewhere no rule looks for another name: most of a system's files need no closer look. */
export const isTellingName = (name: string): boolean => tellingName.test(name);
