package io.notagenbench.checkpoint;

/**
 * Checks a pickle before any of it is carried out: it has only opcodes that {@code torch.save} writes (protocols 1 to
 * 5), no length beyond its end, and a bounded number of objects.
 */
final class PickleGuard {

    /** The pickle of the large model with its optimizer state makes fewer than 100,000. */
    private static final int MOST_OBJECTS = 1_000_000;
    /** Digits of a whole number in text; converting many more takes long. */
    private static final int LONGEST_LINE = 400;
    private static final int NEWEST_PROTOCOL = 5;

    private final byte[] pickle;
    private int position;

    private PickleGuard(byte[] pickle) {
        this.pickle = pickle;
    }

    /** @throws UnsafePickleException if a check fails; the message is a part of a sentence */
    static void check(byte[] pickle) {
        new PickleGuard(pickle).run();
    }

    private void run() {
        for (int objects = 0; objects < MOST_OBJECTS; objects++) {
            int at = position;
            int opcode = next();
            switch (opcode) {
                case '.' -> {
                    return;
                }
                case 0x80 -> protocol();
                case 'c' -> {
                    line();
                    line();
                }
                case 'I', 'L' -> number();
                // No argument: what they do is bounded by the pickle's own length.
                case '}', ']', ')', '(', 'R', 'b', 'Q', 't', 0x85, 0x86, 0x87, 's', 'u', 'a', 'e', 0x88, 0x89, 'N', '0', '1',
                        0x81, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94 -> { }
                case 'q', 'h', 'K' -> skip(1);
                case 'M' -> skip(2);
                case 'J', 'r', 'j' -> skip(4);
                case 'G', 0x95 -> skip(8);
                case 'U', 'C', 0x8a, 0x8c -> skip(littleEndian(1));
                case 'X', 'B', 0x8b -> skip(littleEndian(4));
                case 0x8d, 0x8e, 0x96 -> skip(littleEndian(8));
                default -> throw new UnsafePickleException(String.format(
                        "its pickle uses opcode 0x%02x at byte %d, which torch.save never writes", opcode, at));
            }
        }
        throw new UnsafePickleException("its pickle makes more than " + MOST_OBJECTS
                + " objects; save only the weights with torch.save(model.state_dict(), path)");
    }

    private void protocol() {
        int protocol = next();
        if (protocol > NEWEST_PROTOCOL) {
            throw new UnsafePickleException("its pickle has protocol " + protocol + ", newer than " + NEWEST_PROTOCOL);
        }
    }

    private void number() {
        int start = position;
        line();
        if (position - start > LONGEST_LINE) {
            throw new UnsafePickleException("its pickle holds a whole number of more than " + LONGEST_LINE + " digits");
        }
    }

    private void line() {
        while (next() != '\n') {
            // Reads on to the end of the line.
        }
    }

    private int next() {
        if (position == pickle.length) {
            throw new UnsafePickleException("its pickle is cut off");
        }
        return pickle[position++] & 0xff;
    }

    private long littleEndian(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (Byte.SIZE * i);
        }
        return value;
    }

    private void skip(long bytes) {
        if (bytes < 0 || bytes > pickle.length - position) {
            throw new UnsafePickleException("its pickle is cut off");
        }
        position += (int) bytes;
    }
}
