/**
 * Next configuration — the one rule by which Turbopack builds policies.
 */
import { fileURLToPath } from 'node:url';

// cedarmill is a link into this checkout here, so the root is that of the checkout. Installed from a registry it needs none of the two.
const root = fileURLToPath(new URL('../..', import.meta.url));

const config = {
  turbopack: {
    root,
    rules: { '*.cedar': { loaders: [{ loader: 'cedarmill/loader', options: { types: false } }], as: '*.js' } },
  },
  outputFileTracingRoot: root,
};

export { config as default };
