package dev.jarway.runtime;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of gRPC with one method of each kind. Its messages are octets. */
final class GrpcUpstream implements AutoCloseable {
    static final Metadata.Key<String> DETAIL = Metadata.Key.of("x-detail", Metadata.ASCII_STRING_MARSHALLER);
    static final MethodDescriptor<byte[], byte[]> STREAM =
            method("test.Calls", "Stream", MethodDescriptor.MethodType.SERVER_STREAMING);
    static final MethodDescriptor<byte[], byte[]> COUNT =
            method("test.Calls", "Count", MethodDescriptor.MethodType.CLIENT_STREAMING);
    static final MethodDescriptor<byte[], byte[]> TALK =
            method("test.Calls", "Talk", MethodDescriptor.MethodType.BIDI_STREAMING);

    private final Server server;
    private final AtomicInteger cancelled = new AtomicInteger();

    GrpcUpstream() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("test.Calls")
                        .addMethod(unary("Echo"), ServerCalls.asyncUnaryCall(GrpcUpstream::echo))
                        .addMethod(unary("Fail"), ServerCalls.asyncUnaryCall(GrpcUpstream::fail))
                        .addMethod(unary("Hang"), ServerCalls.asyncUnaryCall(this::hang))
                        .addMethod(STREAM, ServerCalls.asyncServerStreamingCall(GrpcUpstream::stream))
                        .addMethod(COUNT, ServerCalls.asyncClientStreamingCall(GrpcUpstream::count))
                        .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(GrpcUpstream::talk))
                        .build())
                .build()
                .start();
    }

    static MethodDescriptor<byte[], byte[]> unary(String method) {
        return unary("test.Calls", method);
    }

    static MethodDescriptor<byte[], byte[]> unary(String service, String method) {
        return method(service, method, MethodDescriptor.MethodType.UNARY);
    }

    private static MethodDescriptor<byte[], byte[]> method(
            String service, String method, MethodDescriptor.MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                .setRequestMarshaller(new Octets())
                .setResponseMarshaller(new Octets())
                .build();
    }

    /** The entry of this service in a configuration's list. */
    String entry() {
        return "  - { name: grpc, protocol: h2, endpoints: [{ url: \"http://127.0.0.1:" + server.getPort()
                + "\" }] }\n";
    }

    /** How many calls that hang have been given up by their client. */
    int cancelled() {
        return cancelled.get();
    }

    private static void echo(byte[] request, StreamObserver<byte[]> answers) {
        answers.onNext(request);
        answers.onCompleted();
    }

    private static void fail(byte[] request, StreamObserver<byte[]> answers) {
        Metadata trailers = new Metadata();
        trailers.put(DETAIL, "kept");
        answers.onError(new StatusRuntimeException(
                Status.NOT_FOUND.withDescription(new String(request, StandardCharsets.UTF_8)), trailers));
    }

    private void hang(byte[] request, StreamObserver<byte[]> answers) {
        ((ServerCallStreamObserver<byte[]>) answers).setOnCancelHandler(cancelled::incrementAndGet);
    }

    private static void stream(byte[] request, StreamObserver<byte[]> answers) {
        for (int i = 0; i < request[0]; i++) {
            answers.onNext(new byte[] {(byte) i});
        }
        answers.onCompleted();
    }

    private static StreamObserver<byte[]> count(StreamObserver<byte[]> answers) {
        return new Incoming(answers) {
            private int octets;

            @Override
            public void onNext(byte[] request) {
                octets += request.length;
            }

            @Override
            public void onCompleted() {
                answers.onNext(Integer.toString(octets).getBytes(StandardCharsets.UTF_8));
                answers.onCompleted();
            }
        };
    }

    private static StreamObserver<byte[]> talk(StreamObserver<byte[]> answers) {
        return new Incoming(answers) {
            @Override
            public void onNext(byte[] request) {
                answers.onNext(request);
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    /** A stream of requests whose client may go away. */
    private abstract static class Incoming implements StreamObserver<byte[]> {
        private final StreamObserver<byte[]> answers;

        Incoming(StreamObserver<byte[]> answers) {
            this.answers = answers;
        }

        @Override
        public void onError(Throwable error) {
            answers.onError(error);
        }
    }

    /** Messages that are nothing but octets. */
    private static final class Octets implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
