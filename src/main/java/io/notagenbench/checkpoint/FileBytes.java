package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * The bytes of a checkpoint file.
 *
 * @param name    name of the file, for messages
 * @param channel what they are read from
 */
record FileBytes(String name, SeekableByteChannel channel) {

    long size() throws IOException {
        return channel.size();
    }

    /** Fills {@code into} from byte {@code offset} of the file on, and flips it. */
    void read(long offset, ByteBuffer into) throws IOException {
        channel.position(offset);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw Fault.usage(name + " is cut off: copy the file again");
            }
        }
        into.flip();
    }
}
