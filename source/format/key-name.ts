const shown: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	pgup: 'PgUp',
	pgdn: 'PgDn',
	home: 'Home',
	end: 'End',
};

/** A key as footer, help and docs spell it. */
export const keyName = (key: string): string => shown[key] ?? key;
