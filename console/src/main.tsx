import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './styles/base.css';
import './styles/first.css';
import './styles/card.css';
import './styles/run.css';
import './styles/theatre.css';
import './styles/control.css';
import './styles/send.css';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no #root element.');
}
createRoot(root).render(<App />);
