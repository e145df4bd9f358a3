package io.notagenbench.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads over a pickle before anything executes it: only the opcodes that {@code torch.save} writes (protocol 2), only
 * names on the list, no length beyond the bytes that are there, a bounded number of objects.
 */
final class PickleGuard {

    /** The only names that a checkpoint may use (notagen.md, section 1, and the optimizer state beside it). */
    static final Set<String> NAMES = Set.of("collections.OrderedDict", "torch._utils._rebuild_tensor_v2",
            "torch.FloatStorage", "torch.HalfStorage", "torch.BFloat16Storage", "torch.DoubleStorage",
            "torch.LongStorage", "torch.IntStorage", "torch.BoolStorage", "torch.ByteStorage");

    /** The pickle of the large model with its optimizer state makes fewer than 100,000. */
    private static final int MOST_OBJECTS = 1_000_000;
    private static final int LONGEST_NUMBER = 8;
    private static final int PROTOCOL = 2;

    private final byte[] pickle;
    private int position;

    private PickleGuard(byte[] pickle) {
        this.pickle = pickle;
    }

    /** @throws UnsafePickleException with the reason, a part of a sentence */
    static void check(byte[] pickle) throws UnsafePickleException {
        new PickleGuard(pickle).run();
    }

    private void run() throws UnsafePickleException {
        for (int objects = 0; objects < MOST_OBJECTS; objects++) {
            int at = position;
            int opcode = next();
            switch (opcode) {
                case '.' -> {
                    return;
                }
                case 0x80 -> protocol();
                case 'c' -> global();
                case '}', ']', ')', '(', 'R', 'b', 'Q', 't', 0x85, 0x86, 0x87, 's', 'u', 'a', 'e', 0x88, 0x89, 'N' -> {
                    // No argument: what they do is bounded by the pickle's own length.
                }
                case 'q', 'h', 'K' -> skip(1);
                case 'M' -> skip(2);
                case 'J', 'r', 'j' -> skip(4);
                case 'G' -> skip(8);
                case 'X' -> skip(littleEndian(4));
                case 'U' -> skip(next());
                case 0x8a -> number();
                default -> throw new UnsafePickleException(String.format(
                        "its pickle uses opcode 0x%02x at byte %d, which torch.save never writes", opcode, at));
            }
        }
        throw new UnsafePickleException("its pickle makes more than " + MOST_OBJECTS + " objects");
    }

    private void protocol() throws UnsafePickleException {
        int protocol = next();
        if (protocol != PROTOCOL) {
            throw new UnsafePickleException("its pickle has protocol " + protocol + ", not " + PROTOCOL);
        }
    }

    private void global() throws UnsafePickleException {
        String name = line() + "." + line();
        if (!NAMES.contains(name)) {
            throw new UnsafePickleException("it refers to '" + Printable.of(name)
                    + "', which a checkpoint has no use for: nothing of it was run");
        }
    }

    private void number() throws UnsafePickleException {
        int length = next();
        if (length > LONGEST_NUMBER) {
            throw new UnsafePickleException("its pickle holds a whole number of " + length + " bytes");
        }
        skip(length);
    }

    private String line() throws UnsafePickleException {
        int start = position;
        while (next() != '\n') {
            // Reads on to the end of the line.
        }
        return new String(pickle, start, position - 1 - start, StandardCharsets.ISO_8859_1);
    }

    private int next() throws UnsafePickleException {
        if (position == pickle.length) {
            throw new UnsafePickleException("its pickle is cut off");
        }
        return pickle[position++] & 0xff;
    }

    private long littleEndian(int bytes) throws UnsafePickleException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    private void skip(long bytes) throws UnsafePickleException {
        if (bytes > pickle.length - position) {
            throw new UnsafePickleException("its pickle is cut off");
        }
        position += (int) bytes;
    }
}
