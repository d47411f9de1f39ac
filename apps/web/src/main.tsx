import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { leaveOnShift } from './leave.ts';
import './styles/tokens.css';
import './styles/base.css';
// Loaded here for what they do to the page before anything is drawn.
import './preferences/text-size.ts';
import './preferences/theme.ts';

leaveOnShift();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
