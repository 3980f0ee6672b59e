# Shared by the scripts here: finds what they need, says what is missing, compiles the bench. Needs $here.
home=$(CDPATH='' cd "$here/.." && pwd)
target=$here/target
gateway=$home/gateway/target

missing=
need() { # what, what to do about it
    missing="$missing
  $1: $2"
}

find_jdk() {
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ -f "$candidate/release" ] &&
            grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$candidate/release"; then
            echo "$candidate"
            return
        fi
    done
}

need_jdk() {
    jdk=$(find_jdk)
    [ -n "$jdk" ] || need "JDK 25" "install one (Temurin 25) or set JAVA_HOME to it"
    export JAVA_HOME="$jdk"
}

need_gateway() {
    if [ ! -f "$gateway/built" ]; then
        need "the gateway, built" "./thalweg --version builds it"
    elif [ -n "$(find "$home"/pom.xml "$home"/core/pom.xml "$home"/gateway/pom.xml \
        "$home"/core/src/main "$home"/gateway/src/main -newer "$gateway/built" | head -n 1)" ]; then
        need "the gateway as its sources are" "./thalweg --version builds it anew"
    fi
}

need_command() { # command, what to do
    PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null 2>&1 || need "$1" "$2"
}

stop_if_missing() {
    [ -z "$missing" ] || {
        echo "$(basename "$0") needs what is not here:$missing" >&2
        exit 2
    }
}

# The bench without its microbenchmarks, by javac alone: nothing is downloaded.
compile() {
    if [ ! -f "$target/compiled" ] || [ -n "$(find "$here/src/main" "$gateway/built" -newer "$target/compiled" | head -n 1)" ]; then
        rm -rf "$target/bench"
        mkdir -p "$target/bench"
        find "$here/src/main/java" -name '*.java' ! -path '*/jmh/*' >"$target/sources"
        "$jdk/bin/javac" --release 25 -nowarn -proc:none -cp "$gateway/lib/*" -d "$target/bench" "@$target/sources"
        touch "$target/compiled"
    fi
}

# Becomes the bench, away from the processor that the measured proxy has to itself.
bench() {
    ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
    # 10,000 streams take 20,000 files of the gateway's. Root may raise the limit, but not in every container.
    if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt 32768 ]; then
        ulimit -n 32768 2>/dev/null || true
    fi
    export THALWEG_BENCH_HOME="$home"
    exec "$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx1g \
        -cp "$target/bench:$gateway/lib/*" dev.thalweg.bench.Bench "$@"
}
