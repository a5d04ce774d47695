import '@fontsource-variable/inter/wght.css';
import { mount } from 'svelte';
import './theme.css';
import App from './App.svelte';
import { fetchChinese } from './fonts';
import { language } from './i18n/index.svelte';

language.start();
mount(App, { target: document.getElementById('app')! });
fetchChinese();
