// Every shared part on one page, for the stories only; it is no part of the product.
import { mount } from 'svelte';
import '../../../src/theme.css';
import { language } from '../../../src/i18n/index.svelte';
import Gallery from './Gallery.svelte';

language.start();
mount(Gallery, { target: document.getElementById('app')! });
