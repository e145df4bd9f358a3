package ai.onnxruntime;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tensors in the memory in which a session computes. ONNX Runtime's Java API makes them in main memory alone, so that what
 * stays on a card between two calls crosses the bus twice; its C API makes them anywhere. A call takes such a tensor as input
 * or as output like any other, and copies nothing that is where it is computed.
 *
 * <p>In this package for the handles that the Java API does not show. The functions are called by their places in the struct
 * {@code OrtApi} of onnxruntime_c_api.h, which only ever grows at its end.
 *
 * <p>A tensor of a card's memory must not be read from Java: its address is none of this process.
 */
public final class DeviceTensors implements AutoCloseable {

    /** Memory of the CPU, and of an NVIDIA card, as the providers name theirs. */
    public static final String MAIN_MEMORY = "Cpu";
    public static final String CARD = "Cuda";

    private static final int GET_ERROR_MESSAGE = 2;
    private static final int CREATE_TENSOR = 48;
    private static final int CREATE_TENSOR_WITH_DATA = 49;
    private static final int GET_TENSOR_DATA = 51;
    private static final int CREATE_MEMORY_INFO = 68;
    private static final int RELEASE_STATUS = 93;
    private static final int RELEASE_MEMORY_INFO = 94;
    private static final int RELEASE_VALUE = 96;
    private static final int CREATE_ALLOCATOR = 131;
    private static final int RELEASE_ALLOCATOR = 132;

    /** {@code OrtDeviceAllocator} and {@code OrtMemTypeDefault}. */
    private static final int DEVICE_ALLOCATOR = 0;
    private static final int DEFAULT_MEMORY = 0;

    private final Pointer api = new Pointer(OnnxRuntime.ortApiHandle);
    private final Pointer memory;
    private final Pointer allocator;
    /** What is freed at the end, the newest first. */
    private final Deque<Runnable> owned = new ArrayDeque<>();

    /**
     * @param session that computes with the tensors; closed after them
     * @param name    of its memory, {@link #MAIN_MEMORY} or {@link #CARD}
     * @param device  ordinal of the card
     * @throws OrtException if the session does not compute in this memory
     */
    public DeviceTensors(OrtSession session, String name, int device) throws OrtException {
        PointerByReference made = new PointerByReference();
        call(CREATE_MEMORY_INFO, ascii(name), DEVICE_ALLOCATOR, device, DEFAULT_MEMORY, made);
        memory = made.getValue();
        owned.push(() -> release(RELEASE_MEMORY_INFO, memory));
        try {
            call(CREATE_ALLOCATOR, handle(session), memory, made);
        } catch (OrtException e) {
            close();
            throw e;
        }
        allocator = made.getValue();
        owned.push(() -> release(RELEASE_ALLOCATOR, allocator));
    }

    /**
     * A piece of this memory, freed with these tensors.
     *
     * @param address of its first byte
     * @param bytes   its size
     */
    public record Block(long address, long bytes) {
    }

    /**
     * Sets memory aside. What it holds at first is undefined.
     *
     * @param bytes at least 1
     * @throws OrtException if there is not so much
     */
    public Block allocate(long bytes) throws OrtException {
        PointerByReference value = new PointerByReference();
        call(CREATE_TENSOR, allocator, longs(bytes), 1L, number(OnnxJavaType.UINT8), value);
        Pointer tensor = value.getValue();
        owned.push(() -> release(RELEASE_VALUE, tensor));
        PointerByReference data = new PointerByReference();
        call(GET_TENSOR_DATA, tensor, data);
        return new Block(Pointer.nativeValue(data.getValue()), bytes);
    }

    /**
     * A tensor over the first bytes of a block, to be closed before these tensors are.
     *
     * @param type  of its elements: fp32 or fp16
     * @param shape its sizes; 0 is a size
     * @throws OrtException if the block is too small
     */
    public OnnxTensor tensor(Block block, OnnxJavaType type, long... shape) throws OrtException {
        long bytes = type.size;
        for (long size : shape) {
            bytes *= size;
        }
        if (bytes > block.bytes()) {
            throw new OrtException(bytes + " bytes do not fit into a block of " + block.bytes());
        }
        PointerByReference value = new PointerByReference();
        call(CREATE_TENSOR_WITH_DATA, memory, new Pointer(block.address()), block.bytes(), longs(shape), (long) shape.length, number(type), value);
        return new OnnxTensor(Pointer.nativeValue(value.getValue()), 0,
                new TensorInfo(shape, type, TensorInfo.OnnxTensorType.mapFromJavaType(type)));
    }

    /** The number of a type in {@code ONNXTensorElementDataType}, which is not that of the Java API. */
    private static int number(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> 1;
            case UINT8 -> 2;
            case FLOAT16 -> 10;
            default -> throw new IllegalArgumentException("no tensors of " + type + " are made on devices");
        };
    }

    private static Pointer handle(OrtSession session) {
        try {
            Field handle = OrtSession.class.getDeclaredField("nativeHandle");
            handle.setAccessible(true);
            return new Pointer(handle.getLong(session));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of ONNX Runtime hides the handle of a session elsewhere", e);
        }
    }

    private static Memory longs(long... values) {
        Memory memory = new Memory((long) values.length * Long.BYTES);
        memory.write(0, values, 0, values.length);
        return memory;
    }

    private static Memory ascii(String text) {
        Memory memory = new Memory(text.length() + 1L);
        memory.setString(0, text, StandardCharsets.US_ASCII.name());
        return memory;
    }

    /** Calls a function that returns a status. */
    private void call(int place, Object... arguments) throws OrtException {
        Pointer status = function(place).invokePointer(arguments);
        if (status != null) {
            String message = function(GET_ERROR_MESSAGE).invokePointer(new Object[] {status}).getString(0);
            release(RELEASE_STATUS, status);
            throw new OrtException(message);
        }
    }

    private void release(int place, Pointer object) {
        function(place).invokeVoid(new Object[] {object});
    }

    private Function function(int place) {
        return Function.getFunction(api.getPointer((long) place * Long.BYTES));
    }

    /** Frees all blocks. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().run();
        }
    }
}
