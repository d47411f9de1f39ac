import { Component, type ReactNode } from 'react';

/** Shows `otherwise` where a screen could not be loaded or drawn. React offers this to classes alone. */
export class CatchFault extends Component<
  { readonly otherwise: ReactNode; readonly children: ReactNode },
  { readonly faulty: boolean }
> {
  override state = { faulty: false };

  static getDerivedStateFromError(): { readonly faulty: boolean } {
    return { faulty: true };
  }

  override render(): ReactNode {
    return this.state.faulty ? this.props.otherwise : this.props.children;
  }
}
