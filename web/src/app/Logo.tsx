/** A desk bell. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1b6b7b" />
      <path d="M7 21.5a9 9 0 0 1 18 0Z" fill="#fff" />
      <rect x="5.5" y="23" width="21" height="2.6" rx="1.3" fill="#fff" />
      <circle cx="16" cy="9.6" r="2" fill="#ffcf70" />
    </svg>
  );
}
