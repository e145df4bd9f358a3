package io.notagenbench.service;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameters;
import java.time.Duration;

/**
 * How a service is run.
 *
 * @param host       address to listen on
 * @param port       0 = any free one
 * @param waiting    the most requests in the queue
 * @param cache      where texts are kept, as {@code --cache} names it
 * @param drain      what running pieces have to end in when the service is told to stop
 * @param slots      pieces that are decoded together; 1 = one after the other, in any decoding
 * @param parameters the model, how it is run, and what a request is that says nothing else
 * @param suite      version and commit of the suite
 * @param unread     the most patches that may wait for a client that does not read
 * @param sendBuffer bytes that the kernel may keep for such a client
 */
public record ServiceSettings(String host, int port, int waiting, String cache, Duration drain, int slots,
        Parameters parameters, String suite, int unread, int sendBuffer) {

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_WAITING = 1_000_000;
    private static final int UNREAD = 1_024;
    private static final int SEND_BUFFER = 64 * 1_024;

    public ServiceSettings {
        if (port < 0 || port > HIGHEST_PORT) {
            throw Fault.usage("--port " + port + " is not possible: give 1 to " + HIGHEST_PORT + ", or 0 for any free port.");
        }
        if (waiting < 0 || waiting > MOST_WAITING) {
            throw Fault.usage("--queue " + waiting + " is not possible: 0 to " + MOST_WAITING + " requests can wait.");
        }
        if (drain.isNegative()) {
            throw Fault.usage("--drain " + drain.toSeconds() + " is not possible: give a number of seconds, 0 or more.");
        }
    }

    /** With the usual room for clients that do not read. */
    public ServiceSettings(String host, int port, int waiting, String cache, Duration drain, int slots, Parameters parameters,
            String suite) {
        this(host, port, waiting, cache, drain, slots, parameters, suite, UNREAD, SEND_BUFFER);
    }
}
