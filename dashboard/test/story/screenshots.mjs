// `npm run screenshots`: takes README's pictures as every test run does, and keeps them.
process.env.FLOOR_PICTURES = 'keep';
process.argv[2] = 'README';
await import('./run.mjs');
