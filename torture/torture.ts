process.stdout.write('No rounds yet.\n');
