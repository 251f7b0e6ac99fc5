/**
 * Vite — one plugin compiles the policies for the page and for the server.
 */
import react from '@vitejs/plugin-react';
import cedarmill from 'cedarmill/vite';
import { defineConfig } from 'vite';

const config = defineConfig({
  plugins: [cedarmill(), react()],
  build: { outDir: 'dist/client', emptyOutDir: true },
  // The checkout around this example is linked into node_modules; an installed package needs no such line.
  server: { fs: { allow: ['../..'] } },
});

export { config as default };
