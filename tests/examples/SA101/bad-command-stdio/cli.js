import { Command } from 'commander';
import { serve } from './server.js';

const program = new Command('mini');
program.command('books').action(async () => {
  console.log(JSON.stringify({ event: 'books', count: 3 }));
});
program.command('serve').action(() => serve());
program.parseAsync();
