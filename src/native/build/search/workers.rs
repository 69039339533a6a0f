//! Releases → what they say of keys, beside the thread that renders.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow};

use super::runs::Runs;
use super::table::Table;
use crate::index::Listener;
use crate::model::Release;
use crate::native::fold::fold;

/// Bytes that all workers hold together before they write a run. With less, keys are written more often; with more, a
/// build needs more memory.
const HELD: usize = 32 << 20;

/// Releases that are handed over at once, and how many of such parcels may wait. Little: a release is small, and the
/// threads are about equally fast.
const PARCEL: usize = 16;
const WAITING: usize = 4;

/// One thread reads, renders and writes; more than a few would wait for it.
const MOST: usize = 3;

type Parcel = Vec<(u32, Release)>;

/// Threads that take releases.
pub(super) struct Workers {
    parcel: Parcel,
    send: SyncSender<Parcel>,
    threads: Vec<JoinHandle<Result<Runs>>>,
}

impl Workers {
    /// Starts them. What does not fit into memory is put into `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        let count = thread::available_parallelism().map_or(1, usize::from).saturating_sub(1);
        let count = count.clamp(1, MOST);
        let (send, receive) = sync_channel(WAITING);
        let receive = Arc::new(Mutex::new(receive));
        let worker = || {
            let (receive, folder) = (Arc::clone(&receive), folder.to_owned());
            thread::spawn(move || work(&receive, folder, HELD / count))
        };
        let threads = (0..count).map(|_| worker()).collect();
        Self { parcel: Vec::with_capacity(PARCEL), send, threads }
    }

    /// Hands over a release.
    pub(super) fn take(&mut self, document: u32, release: Release) {
        self.parcel.push((document, release));
        if self.parcel.len() == PARCEL {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let parcel = std::mem::replace(&mut self.parcel, Vec::with_capacity(PARCEL));
        // If nobody takes it, all have failed: they say so at the end.
        let _nobody_takes_it = self.send.send(parcel);
    }

    /// Waits until all is done.
    pub(super) fn finish(mut self) -> Result<Vec<Runs>> {
        self.hand_over();
        drop(self.send);
        let joined = self.threads.into_iter().map(|thread| {
            thread.join().map_err(|_panic| anyhow!("the index: a thread has failed")).flatten()
        });
        joined.collect()
    }
}

fn work(receive: &Mutex<Receiver<Parcel>>, folder: PathBuf, held: usize) -> Result<Runs> {
    let (mut runs, mut table) = (Runs::new(&folder)?, Table::default());
    let mut listener = Listener::default();
    loop {
        let parcel = receive.lock().map_err(|_| anyhow!("another thread has failed"))?.recv();
        let Ok(parcel) = parcel else { break };
        for (document, release) in parcel {
            listener.listen(&release, fold, |tree, key, payload| {
                table.add(tree as u8, key.as_bytes(), document, payload);
            });
            if table.size() >= held {
                runs.add(&mut table)?;
            }
        }
    }
    runs.add(&mut table).context("the index")?;
    Ok(runs)
}
