package io.notagenbench.device.jcuda;

import io.notagenbench.device.cuda.CudaContext;
import io.notagenbench.device.cuda.DeviceCopy;
import io.notagenbench.device.cuda.DeviceMemory;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/** The context that CUDA's runtime, and so both engines, use on a device. */
final class PrimaryContext implements CudaContext {

    private final CUdevice device;
    private final CUcontext context;
    private boolean closed;

    PrimaryContext(CUdevice device, CUcontext context) {
        this.device = device;
        this.context = context;
    }

    @Override
    public DeviceMemory memory() {
        return current(() -> {
            long[] free = new long[1];
            long[] total = new long[1];
            JCudaDriver.cuMemGetInfo(free, total);
            return new DeviceMemory(total[0], free[0]);
        });
    }

    @Override
    public void synchronize() {
        current(JCudaDriver::cuCtxSynchronize);
    }

    @Override
    public double seconds(DeviceCopy copy, long bytes, int times) {
        return current(() -> {
            CUdeviceptr from = new CUdeviceptr();
            CUdeviceptr to = new CUdeviceptr();
            CUevent begin = new CUevent();
            CUevent end = new CUevent();
            ByteBuffer host = copy == DeviceCopy.WITHIN ? null : ByteBuffer.allocateDirect(Math.toIntExact(bytes));
            JCudaDriver.cuMemAlloc(from, bytes);
            try {
                JCudaDriver.cuMemAlloc(to, copy == DeviceCopy.WITHIN ? bytes : 1);
                JCudaDriver.cuEventCreate(begin, 0);
                JCudaDriver.cuEventCreate(end, 0);
                copy(copy, from, to, host, bytes);
                JCudaDriver.cuEventRecord(begin, null);
                for (int time = 0; time < times; time++) {
                    copy(copy, from, to, host, bytes);
                }
                JCudaDriver.cuEventRecord(end, null);
                JCudaDriver.cuEventSynchronize(end);
                float[] millis = new float[1];
                JCudaDriver.cuEventElapsedTime(millis, begin, end);
                JCudaDriver.cuEventDestroy(begin);
                JCudaDriver.cuEventDestroy(end);
                JCudaDriver.cuMemFree(to);
                return millis[0] / 1e3;
            } finally {
                JCudaDriver.cuMemFree(from);
            }
        });
    }

    private static void copy(DeviceCopy copy, CUdeviceptr from, CUdeviceptr to, ByteBuffer host, long bytes) {
        switch (copy) {
            case WITHIN -> JCudaDriver.cuMemcpyDtoDAsync(to, from, bytes, null);
            case TO_DEVICE -> JCudaDriver.cuMemcpyHtoD(from, Pointer.to(host), bytes);
            case TO_HOST -> JCudaDriver.cuMemcpyDtoH(Pointer.to(host), from, bytes);
        }
    }

    /** Calls the driver with this context on the calling thread, whose own is put back. */
    private <T> T current(Supplier<T> call) {
        return JCudaBinding.call("answer", () -> {
            JCudaDriver.cuCtxPushCurrent(context);
            try {
                return call.get();
            } finally {
                JCudaDriver.cuCtxPopCurrent(new CUcontext());
            }
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            JCudaBinding.call("take the context back", () -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
        }
    }
}
