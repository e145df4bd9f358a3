package io.notagenbench.load;

import java.util.concurrent.CompletableFuture;

/** Sends requests to a server. */
@FunctionalInterface
interface Sender {

    /** Comes back at once; the reply never ends with an exception. */
    CompletableFuture<Reply> send(Wanted wanted);
}
