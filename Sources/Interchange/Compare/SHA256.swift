/// SHA-256 (FIPS 180-4), fed in pieces.
///
/// Written here because a library for it would bring the largest C build of the project for one function of a page; a
/// test compares it with the system's `sha256sum`.
struct SHA256 {
  /// A hash, 32 bytes as eight numbers of which the first byte is the highest.
  struct Digest: Hashable, Sendable {
    fileprivate(set) var words: SIMD8<UInt32>

    var bytes: [UInt8] {
      (0..<8).flatMap { index in
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: words[index] &>> UInt32($0)) }
      }
    }

    /// In lower-case digits.
    var hexadecimal: String {
      String(unsafeUninitializedCapacity: 64) { text in
        for index in 0..<64 {
          let half = UInt8(truncatingIfNeeded: words[index / 8] &>> UInt32(28 - index % 8 * 4)) & 15
          text[index] = half < 10 ? 0x30 + half : 0x57 + half
        }
        return 64
      }
    }
  }

  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  /// What does not fill a block yet.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  init() { pending.reserveCapacity(128) }

  mutating func update(_ bytes: some Sequence<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { update($0) }
    if isDone == nil { for byte in bytes { update(byte) } }
  }

  mutating func update(_ byte: UInt8) {
    withUnsafePointer(to: byte) { update(UnsafeBufferPointer(start: $0, count: 1)) }
  }

  mutating func update(_ digest: Digest) { update(digest.bytes) }

  private mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    length += UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<start]))
      if pending.count < 64 { return }
      compressPending()
    }
    let blocks = (bytes.count - start) / 64
    if blocks > 0 { SHA256.compress(&state, UnsafeBufferPointer(rebasing: bytes[start..<start + blocks * 64])) }
    pending.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[(start + blocks * 64)...]))
  }

  private mutating func compressPending() {
    pending.withUnsafeBufferPointer { SHA256.compress(&state, $0) }
    pending.removeAll(keepingCapacity: true)
  }

  /// The hash. Nothing can be added afterwards.
  mutating func finish() -> Digest {
    let bits = length * 8
    pending.append(0x80)
    while pending.count % 64 != 56 { pending.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      pending.append(UInt8(truncatingIfNeeded: bits &>> UInt64(shift)))
    }
    compressPending()
    return Digest(words: state)
  }

  /// - Parameter bytes: whole blocks.
  private static func compress(_ state: inout SIMD8<UInt32>, _ bytes: UnsafeBufferPointer<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      constants.withUnsafeBufferPointer { constants in
        var block = 0
        while block < bytes.count {
          fill(schedule, bytes, block)
          var (a, b, c, d) = (state[0], state[1], state[2], state[3])
          var (e, f, g, h) = (state[4], state[5], state[6], state[7])
          for index in 0..<64 {
            let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let one = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ constants[index] &+ schedule[index]
            let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let two = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
          }
          state = state &+ SIMD8(a, b, c, d, e, f, g, h)
          block += 64
        }
      }
    }
  }

  @inline(__always)
  private static func fill(
    _ schedule: UnsafeMutableBufferPointer<UInt32>, _ bytes: UnsafeBufferPointer<UInt8>, _ block: Int
  ) {
    for index in 0..<16 {
      let at = block &+ index &* 4
      schedule[index] =
        UInt32(bytes[at]) &<< 24 | UInt32(bytes[at &+ 1]) &<< 16 | UInt32(bytes[at &+ 2]) &<< 8 | UInt32(bytes[at &+ 3])
    }
    for index in 16..<64 {
      let low = schedule[index &- 15]
      let high = schedule[index &- 2]
      let s0 = rotated(low, 7) ^ rotated(low, 18) ^ (low &>> 3)
      let s1 = rotated(high, 17) ^ rotated(high, 19) ^ (high &>> 10)
      schedule[index] = schedule[index &- 16] &+ s0 &+ schedule[index &- 7] &+ s1
    }
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &>> bits | word &<< (32 &- bits) }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
