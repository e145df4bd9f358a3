package io.notagenbench.quantisation;

/**
 * How a matrix {@code [in, out]} is rounded to whole numbers. For every output, each group of consecutive inputs has
 * its own scale and optionally its own zero point, so an outlier reduces accuracy only in its group.
 *
 * @param bits       bits of a weight: 4 or 8
 * @param group      inputs that share a scale: a power of two, at least 16, or {@link #ROW} for all inputs
 * @param zeroPoints whether each group has its own zero point; otherwise it is the middle of the range
 * @param shrunk     how many narrower ranges are tried for each group beside that of the extreme weights; the one with
 *                   the smallest squared error is taken
 * @param columns    whether the numbers are signed and lie input after input, {@code [in, out]}, as products of int8 by int8
 *                   read them; otherwise they lie output after output, unsigned
 */
public record GroupScheme(int bits, int group, boolean zeroPoints, int shrunk, boolean columns) {

    /** All inputs of an output share a scale. */
    public static final int ROW = 0;

    /** Of the schemes that are equally fast, small groups with zero points and a searched range lose least accuracy. */
    public static final GroupScheme INT4 = new GroupScheme(4, 32, true, 8);

    /** A scale for each column of a product of int8 by int8. */
    public static final GroupScheme COLUMNS = new GroupScheme(8, ROW, false, 0, true);

    public GroupScheme {
        if (bits != 4 && bits != 8) {
            throw new IllegalArgumentException(bits + " bits are not supported: 4 or 8");
        }
        if (group != ROW && (group < 16 || Integer.bitCount(group) != 1)) {
            throw new IllegalArgumentException("a group of " + group + " is not a power of two from 16 on");
        }
        if (columns && (bits != 8 || group != ROW || zeroPoints)) {
            throw new IllegalArgumentException("columns have 8 bits, one scale and no zero point");
        }
    }

    /** Output after output. */
    public GroupScheme(int bits, int group, boolean zeroPoints, int shrunk) {
        this(bits, group, zeroPoints, shrunk, false);
    }

    /** The largest whole number of a weight. */
    int largest() {
        return (1 << bits) - 1;
    }

    /** The whole number of the weight 0 in a scheme without zero points. */
    int middle() {
        return 1 << bits - 1;
    }

    /** Groups of one output. */
    public int groups(int in) {
        return group == ROW ? 1 : (in + group - 1) / group;
    }

    /** Inputs that share a scale. */
    public int groupSize(int in) {
        return group == ROW ? in : group;
    }

    /** A name for files, such as {@code int4-32-zero-search}, without the number of ranges that are searched. */
    public String label() {
        return "int" + bits + "-" + (columns ? "column" : group == ROW ? "row" : group) + (zeroPoints ? "-zero" : "")
                + (shrunk > 0 ? "-search" : "");
    }

    /** Bytes of the weights of one group. */
    public int groupBytes(int in) {
        return groupSize(in) * bits / Byte.SIZE;
    }

    /** Bytes of the weights of a matrix, without scales and zero points. */
    public long weightBytes(int in, int out) {
        return (long) out * groups(in) * groupBytes(in);
    }

    /** Scales of a matrix, fp32. */
    public long scales(int in, int out) {
        return (long) out * groups(in);
    }

    /** Bytes of the zero points of a matrix; 0 where the scheme has none. */
    public long zeroPointBytes(int in, int out) {
        return zeroPoints ? (long) out * zeroPointRow(in) : 0;
    }

    /** Bytes of the zero points of one output. */
    int zeroPointRow(int in) {
        return (groups(in) * bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** All bytes of a matrix. */
    public long bytes(int in, int out) {
        return weightBytes(in, out) + scales(in, out) * Float.BYTES + zeroPointBytes(in, out);
    }
}
