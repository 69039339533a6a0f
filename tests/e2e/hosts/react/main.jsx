// A portal in React 19. The tests change its state with `host.set`.

import "release-viewer";
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";

const host = (window.host = { log: [] });

function App() {
  const [state, setState] = useState({ shown: true, lang: "ko", pageSize: 5, notes: ["하나", "둘"] });
  host.set = (change) => flushSync(() => setState((before) => ({ ...before, ...change })));
  const viewer = useRef(null);
  useEffect(() => {
    const at = viewer.current;
    if (!at) return;
    const hear = (event) => host.log.push(`heard ${event.type}`);
    at.addEventListener("rv-ready", hear);
    at.addEventListener("rv-navigate", hear);
    return () => {
      at.removeEventListener("rv-ready", hear);
      at.removeEventListener("rv-navigate", hear);
    };
  }, [state.shown]);
  const onNavigate = (event) => {
    host.log.push(`navigate ${event.detail.id}`);
    if (state.refuse) event.preventDefault();
  };
  return (
    <main>
      <h1>React</h1>
      <h2>소식</h2>
      {state.shown && (
        <release-viewer
          id="news" ref={viewer} src="/archive/" lang={state.lang} page-size={state.pageSize} headingLevel={3}
          isolate={state.isolate} data={state.data} onrv-ready={() => host.log.push("ready")} onrv-navigate={onNavigate}
        >
          {state.notes.map((note) => <p key={note}>{note}</p>)}
          {state.word && <em>{state.word}</em>}
        </release-viewer>
      )}
      {state.text && <release-viewer id="text" src="/archive/" page-size="2">{state.text}</release-viewer>}
      <p><a id="after" href="#top">위로</a></p>
    </main>
  );
}

const options = { onUncaughtError: (error) => host.log.push(`error ${error}`) };
createRoot(document.getElementById("app"), options).render(<StrictMode><App /></StrictMode>);
