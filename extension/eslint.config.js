import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['lib', 'src/map/generated', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
      curly: 'error',
      eqeqeq: 'error',
      complexity: ['error', 14],
      'max-lines': ['error', 300],
      'no-console': 'error'
    }
  },
  { files: ['tools/**'], languageOptions: { globals: { URL: 'readonly' } } }
);
