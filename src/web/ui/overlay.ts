/** How floating surfaces look and move. One place, so that menus, popovers and lists are one family. */
export const floating =
  'z-50 rounded-lg border border-line bg-surface text-fg shadow-lg outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-[0.98] data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-120'

/** One line of a menu or list. Radix says `data-disabled=""` of what cannot be chosen, cmdk `"true"`, and of what can `"false"`. */
export const menuItem =
  'relative flex h-7 items-center gap-2 rounded-sm px-2 text-[12.5px] text-fg outline-none select-none cursor-default data-[highlighted]:bg-hover not-data-[disabled=false]:data-[disabled]:pointer-events-none not-data-[disabled=false]:data-[disabled]:opacity-45 [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-muted'

/** A line that destroys something. */
export const dangerItem = 'text-red [&_svg]:text-red data-[highlighted]:bg-red/12'
